package dev.pollard.report.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A Chromium without a window, and without a network.
final class Browser implements AutoCloseable {
  private final ChromeDriver driver;
  private final List<String> messages = new ArrayList<>();

  Browser() {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(System.getProperty("pollard.chromium", "/usr/bin/chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND");
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(
                Path.of(System.getProperty("pollard.chromedriver", "/usr/bin/chromedriver"))
                    .toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  /// How a page is looked at.
  ///
  /// @param scheme `light` or `dark`
  record Look(int width, int height, String scheme) {
    @Override
    public String toString() {
      return width + "-" + scheme;
    }
  }

  /// Looks at what is opened next in that way.
  void set(Look look) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", look.width, "height", look.height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.scheme))));
  }

  /// Opens a page.
  ///
  /// @param fragment what stands behind `#`; may be empty
  void open(Path page, String fragment) {
    driver.get("about:blank");
    driver.get(page.toUri() + (fragment.isEmpty() ? "" : "#" + fragment));
  }

  /// The value of an expression.
  Object value(String expression, Object... arguments) {
    return Objects.requireNonNullElse(
        driver.executeScript("return " + expression, arguments), "null");
  }

  long number(String expression) {
    return ((Number) value(expression)).longValue();
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /// Presses keys where the focus is.
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void tab() {
    press(Keys.TAB);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  void back() {
    driver.navigate().back();
  }

  /// The whole page as a picture.
  void picture(Path file) throws IOException {
    Object data =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, Base64.getDecoder().decode(Objects.requireNonNull(data).toString()));
  }

  /// What the console says, of warnings and errors.
  List<String> complaints() {
    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(e -> e.getLevel().intValue() >= Level.WARNING.intValue())
        .forEach(e -> messages.add(e.getMessage()));
    return List.copyOf(messages);
  }

  /// The addresses that were asked for since this was last called.
  List<String> requests() {
    var pattern =
        java.util.regex.Pattern.compile(
            "\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");
    var urls = new ArrayList<String>();
    driver
        .manage()
        .logs()
        .get(LogType.PERFORMANCE)
        .getAll()
        .forEach(e -> {
          var found = pattern.matcher(e.getMessage());
          if (found.find()) {
            urls.add(found.group(1));
          }
        });
    return urls;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
