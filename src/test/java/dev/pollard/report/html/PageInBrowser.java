package dev.pollard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.report.html.Browser.Look;
import dev.pollard.testing.DebugProgram;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The page as a person meets it, in Chromium: `./test browser` runs it. A real program is taken by
/// `-Dpollard.after=PRUNED -Dpollard.before=STOCK`; else it is the fixture of five machines.
class PageInBrowser {
  private static final List<Look> LOOKS =
      List.of(
          new Look(1280, 900, "light"),
          new Look(1280, 900, "dark"),
          new Look(390, 844, "light"),
          new Look(390, 844, "dark"));

  /// What has a name for a screen reader: its label, its text, or what labels it.
  private static final String UNNAMED =
      """
      [...document.querySelectorAll('button,a,input,summary,[role=button],[role=treeitem],[role=img],[role=group],[role=region],[tabindex]')]
        .filter(e => !e.closest('[hidden]'))
        .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim()
          || (e.getAttribute('aria-labelledby') && document.getElementById(e.getAttribute('aria-labelledby')))
          || (e.labels && e.labels.length && e.labels[0].textContent.trim())))
        .map(e => e.outerHTML.slice(0, 120))\
      """;

  /// Texts that are hard to read: contrast with what is behind below 4.5, by WCAG's formula.
  private static final String FAINT =
      """
      (() => {
        const rgb = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
          .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = e => {
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('svg,.dim,.skip,script,style') && e.getClientRects().length
            && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .map(e => {
            const a = light(rgb(getComputedStyle(e).color));
            const b = light(behind(e));
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e];
          })
          .filter(([ratio]) => ratio < 4.5)
          .map(([ratio, e]) => ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 100));
      })()\
      """;

  @TempDir private static Path folder;
  private static Path page = Path.of("");
  private static Path both = Path.of("");
  private static Path hostile = Path.of("");
  private static String name = "";
  private static MachineCost machine;
  private static Browser browser;
  private static long flash;

  @BeforeAll
  static void writePages() throws IOException {
    Path fixture = DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
    Path before = given("pollard.before").orElse(fixture);
    Path after =
        given("pollard.after").orElse(DebugProgram.build(folder, "thumbv7em-none-eabi", 5));
    name = before.getFileName().toString().replaceFirst("\\.elf$", "");
    Inspection inspection = Inspection.of(before);
    flash = inspection.sizes().flash();
    machine =
        inspection.machines().stream()
            .filter(m -> m.machine().states().stream().anyMatch(s -> s.isSuspend()))
            .skip(1)
            .findFirst()
            .orElseThrow();
    page =
        Files.writeString(
            folder.resolve("page.html"), InspectPage.write(inspection, Optional.empty()));
    both =
        Files.writeString(
            folder.resolve("both.html"),
            InspectPage.write(Inspection.of(after), Optional.of(inspection)));
    Path evil = folder.resolve("</script><img src=x onerror=alert(1)>&amp;".replace('/', '\u2215'));
    Files.copy(fixture, evil);
    hostile =
        Files.writeString(
            folder.resolve("hostile.html"),
            InspectPage.write(Inspection.of(evil), Optional.empty()));
    browser = new Browser();
  }

  @AfterAll
  static void end() {
    browser.close();
  }

  private static Optional<Path> given(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(p -> !p.isEmpty())
        .map(Path::of);
  }

  private static String link(String key, String value) {
    return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String text(String selector) {
    return String.valueOf(browser.value("document.querySelector('" + selector + "').textContent"));
  }

  private static String inFull(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void await(String expression) throws InterruptedException {
    for (int i = 0; i < 50 && !Boolean.TRUE.equals(browser.value(expression)); i++) {
      Thread.sleep(50);
    }
    assertThat(browser.value(expression)).as(expression).isEqualTo(true);
  }

  @Test
  void looksWholeAtEveryWidthAndInEveryColour() throws IOException {
    for (Look look : LOOKS) {
      browser.set(look);
      for (Path file : List.of(page, both)) {
        browser.open(file, "");
        String which = (file.equals(page) ? name : name + "-both") + "-" + look;
        browser.picture(Path.of("target", "pages", which + ".png"));
        assertThat(browser.number("document.documentElement.scrollWidth"))
            .as("%s is as wide as the window", which)
            .isLessThanOrEqualTo(look.width());
        assertThat(browser.all("#map .cell")).as(which).hasSizeGreaterThan(3);
        assertThat(browser.value(UNNAMED)).as("%s: without a name", which).isEqualTo(List.of());
        assertThat(browser.value(FAINT)).as("%s: too faint", which).isEqualTo(List.of());
        assertThat(
                browser.value(
                    "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, a) => a.indexOf(id) !== i)"))
            .as("%s: two of one id", which)
            .isEqualTo(List.of());
      }
      assertThat(browser.value("matchMedia('(prefers-color-scheme: dark)').matches"))
          .isEqualTo(look.scheme().equals("dark"));
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void headlineFiguresAreThoseOfTheFile() {
    browser.set(LOOKS.getFirst());
    browser.open(page, "");
    assertThat(text("#figures")).contains(inFull(flash));
    assertThat(text("#sum")).contains(inFull(flash) + " of " + inFull(flash));
  }

  @Test
  void asksTheNetworkForNothing() {
    browser.set(LOOKS.getFirst());
    browser.requests();
    browser.open(both, "");
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(u -> u.startsWith("file:") || u.startsWith("data:") || u.startsWith("about:"));
    assertThat(browser.number("performance.getEntriesByType('resource').length")).isZero();
  }

  @Test
  void namesCanDoNoHarm() {
    browser.set(LOOKS.getFirst());
    browser.open(hostile, link("m", "<img src=x onerror=alert(1)>"));
    assertThat(browser.number("document.images.length")).isZero();
    assertThat(text("#file")).contains("<img src=x onerror=alert(1)>&amp;");
    assertThat(text("#machine")).contains("There is no machine <img src=x onerror=alert(1)>");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aDeepLinkOpensTheMachineAndItsState() {
    browser.set(LOOKS.getFirst());
    String suspend =
        machine.machine().states().stream()
            .filter(s -> s.isSuspend())
            .findFirst()
            .orElseThrow()
            .name();
    browser.open(page, link("m", machine.name()) + "&" + link("s", suspend));
    assertThat(text("#machine-title")).isEqualTo(machine.name());
    assertThat(browser.one("#states [aria-pressed=true]").getDomAttribute("data-state"))
        .isEqualTo(suspend);
    assertThat(browser.all("#states [data-state]").size()).isGreaterThanOrEqualTo(3);
    assertThat(text("#states .edge-size")).matches("carries [\\d,]+, new [\\d,]+, gone [\\d,]+");
    assertThat(text("#machine .small")).contains(inFull(machine.pollBytes()));
    assertThat(browser.all("#tree [aria-selected=true]")).isNotEmpty();
  }

  @Test
  void searchFiltersEverythingAndIsTold() throws InterruptedException {
    browser.set(LOOKS.getFirst());
    browser.open(page, "");
    int before = browser.all("#tree [role=treeitem]").size();
    browser.press("/");
    browser.press("zzz-no-such-name");
    await("document.querySelector('#found').textContent === '0 functions, 0 machines'");
    assertThat(browser.all("#tree [role=treeitem]")).isEmpty();
    assertThat(browser.all("#map .cell:not(.dim)")).isEmpty();
    assertThat(String.valueOf(browser.value("location.hash"))).contains("q=zzz-no-such-name");
    WebElement field = browser.one("#search");
    field.clear();
    field.sendKeys(machine.name());
    await("/^[^0].* [1-9]\\d* machines?$/.test(document.querySelector('#found').textContent)");
    assertThat(browser.all("#tree [role=treeitem]").size()).isBetween(1, before);
    assertThat(browser.all("#tree [role=treeitem]"))
        .anyMatch(l ->
            Objects.requireNonNull(l.getDomAttribute("aria-label"))
                .startsWith(machine.name() + ","));
  }

  @Test
  void theKeyboardReachesAndMovesThroughEverything() {
    browser.set(LOOKS.getFirst());
    browser.open(page, "");
    // The treemap.
    browser.value("document.querySelector('#map [tabindex=\"0\"]').focus()");
    String first = label();
    browser.press(Keys.ARROW_DOWN);
    String second = label();
    assertThat(second).isNotEqualTo(first);
    assertThat(text("#map-read")).isEqualTo(second);
    browser.press(Keys.HOME);
    assertThat(label()).isEqualTo(first);
    browser.press(Keys.ENTER);
    assertThat(browser.all("#path button")).hasSize(1);
    browser.press(Keys.ESCAPE);
    assertThat(browser.all("#path button")).isEmpty();
    // The tree.
    browser.value("document.querySelector('#tree [tabindex=\"0\"]').focus()");
    browser.press(Keys.END);
    String last = Objects.requireNonNull(browser.focused().getDomAttribute("data-key"));
    browser.press(Keys.ENTER);
    assertThat(last).endsWith(text("#machine-title"));
    assertThat(browser.focused().getDomAttribute("data-key")).isEqualTo(last);
    browser.press(Keys.HOME);
    String top = Objects.requireNonNull(browser.focused().getDomAttribute("data-key"));
    assertThat(top).isNotEqualTo(last);
    int lines = browser.all("#tree [role=treeitem]").size();
    if ("true".equals(browser.focused().getDomAttribute("aria-expanded"))) {
      browser.press(Keys.ARROW_LEFT);
      assertThat(browser.all("#tree [role=treeitem]").size()).isLessThan(lines);
      browser.press(Keys.ARROW_RIGHT);
      assertThat(browser.all("#tree [role=treeitem]")).hasSize(lines);
    }
    // The diagram.
    browser.value("document.querySelector('#states [data-state]').focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.one("#states [aria-pressed=true]").getDomAttribute("data-state"))
        .isEqualTo(browser.focused().getDomAttribute("data-state"));
    browser.back();
    assertThat(browser.complaints()).isEmpty();
  }

  private static String label() {
    return Objects.requireNonNull(browser.focused().getDomAttribute("aria-label"));
  }

  @Test
  void onlyOneThingOfEachPictureIsInTheTabOrder() {
    browser.set(LOOKS.getFirst());
    browser.open(page, "");
    assertThat(browser.all("#map [tabindex='0']")).hasSize(1);
    assertThat(browser.all("#tree [tabindex='0']")).hasSize(1);
    browser.tab();
    assertThat(browser.focused().getText()).isEqualTo("Skip to the machines");
  }

  @Test
  void tablesSortByEachColumn() {
    browser.set(LOOKS.getFirst());
    browser.open(page, "");
    browser.one("#map-table summary").click();
    String bytes = "#map-table th:nth-child(5)";
    assertThat(browser.one(bytes).getDomAttribute("aria-sort")).isEqualTo("descending");
    assertThat(column()).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    browser.one(bytes + " button").click();
    assertThat(browser.one(bytes).getDomAttribute("aria-sort")).isEqualTo("ascending");
    assertThat(column()).isSorted();
    browser.one("#map-table th:nth-child(1) button").click();
    assertThat(browser.one("#map-table th:nth-child(1)").getDomAttribute("aria-sort"))
        .isEqualTo("ascending");
    assertThat(browser.one(bytes).getDomAttribute("aria-sort")).isEqualTo("none");
  }

  private static List<Long> column() {
    return browser.all("#map-table td:nth-child(5)").stream()
        .map(c -> Long.parseLong(c.getText().replace(",", "")))
        .toList();
  }

  @Test
  void twoFilesAreShownWithTheirDifferences() {
    browser.set(LOOKS.getFirst());
    browser.open(both, "");
    assertThat(browser.all("#pair .treemap")).hasSize(2);
    assertThat(text("#compare-lead")).contains(inFull(flash));
    assertThat(browser.all("#compare-tables table")).hasSize(4);
    long difference =
        browser.number(
            "[...document.querySelectorAll('#compare-tables details:first-child tbody td:nth-child(4)')]"
                + ".reduce((sum, c) => sum + Number(c.textContent.replace(/,/g, '').replace('−', '-')), 0)");
    long expected =
        browser.number("JSON.parse(document.getElementById('data').textContent).flash") - flash;
    assertThat(difference).isEqualTo(expected);
  }
}
