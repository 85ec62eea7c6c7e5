package dev.pollard.report.html;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.Share;
import dev.pollard.report.json.InspectJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An [Inspection] as one page that needs no network: data, style, script and the libraries that
/// draw lie in it, and its policy lets a browser load nothing else.
///
/// The template has places such as `@title@`; what is put there is never looked through again.
public final class InspectPage {
  /// How many machines a page lists, the most expensive first.
  static final int MOST_MACHINES = 400;

  /// How many shares of the flash a page lists; smaller ones are summed up.
  static final int MOST_SHARES = 2_500;

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final List<String> LIBRARIES = List.of("d3-hierarchy/3.1.2", "d3-selection/3.0.0");
  private static final List<String> SCRIPTS =
      List.of("data.js", "table.js", "treemap.js", "tree.js", "machine.js", "page.js");

  private InspectPage() {}

  /// The page of a file.
  ///
  /// @param against what to show beside it, such as stock beside pruned
  /// @throws IOException when the file, which is read lazily, is malformed
  public static String write(Inspection inspection, Optional<Inspection> against)
      throws IOException {
    String style = text("page.css");
    String script = script();
    var values = new LinkedHashMap<String, String>();
    values.put("title", escaped(lastPart(inspection.file())));
    values.put(
        "policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; script-src '"
            + hash(script)
            + "'; style-src '"
            + hash(style)
            + "'");
    values.put("style", style);
    values.put("licences", escaped(licences()));
    values.put("data", inScript(data(inspection)));
    values.put("against", against.isPresent() ? inScript(data(against.get())) : "null");
    values.put("script", script);
    return filled(text("page.html"), values);
  }

  private static String data(Inspection inspection) throws IOException {
    var notes = new ArrayList<String>();
    List<MachineCost> machines = inspection.machines();
    if (machines.size() > MOST_MACHINES) {
      notes.add(
          String.format(
              Locale.ROOT,
              "this page lists the %,d machines that cost most of %,d; --json has them all",
              MOST_MACHINES,
              machines.size()));
      machines = machines.subList(0, MOST_MACHINES);
    }
    List<Share> shares = inspection.shares();
    if (shares.size() > MOST_SHARES) {
      notes.add(
          String.format(
              Locale.ROOT,
              "this page shows the largest %,d functions of %,d; the smaller ones of a crate are one",
              MOST_SHARES,
              shares.size()));
      shares = summedUp(shares);
    }
    return InspectJson.compact(inspection, machines, shares, notes);
  }

  /// The largest shares, and the rest with one for all functions of a crate and machine.
  static List<Share> summedUp(List<Share> shares) {
    record Key(String crate, Share.Part part) {}
    var kept = new ArrayList<Share>(shares.subList(0, MOST_SHARES));
    var rest = new LinkedHashMap<Key, List<Share>>();
    for (Share s : shares.subList(MOST_SHARES, shares.size())) {
      rest.computeIfAbsent(new Key(s.crate(), s.part()), _ -> new ArrayList<>()).add(s);
    }
    rest.forEach((key, small) ->
        kept.add(
            new Share(
                small.getFirst().kind(),
                key.crate,
                "[%d smaller]".formatted(small.size()),
                key.part == Share.Part.NONE ? "" : "[smaller]",
                key.part,
                small.stream().mapToLong(Share::bytes).sum())));
    return kept;
  }

  private static String script() {
    var script = new StringBuilder();
    for (String library : LIBRARIES) {
      String name = library.substring(0, library.indexOf('/'));
      script.append(text(WEBJARS + library + "/dist/" + name + ".min.js")).append('\n');
    }
    script.append("(() => {\n'use strict';\n");
    SCRIPTS.forEach(file -> script.append(text(file)));
    return script.append("})();\n").toString();
  }

  private static String licences() {
    var licences = new StringBuilder();
    for (String library : LIBRARIES) {
      licences.append(library.replace('/', ' ')).append(", ISC licence\n\n");
      licences.append(text(WEBJARS + library + "/LICENSE")).append('\n');
    }
    return licences.toString();
  }

  /// JSON as it may stand in a `script` element: no text of it ends the element or begins another.
  static String inScript(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String lastPart(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String filled(String template, Map<String, String> values) {
    var page = new StringBuilder();
    int at = 0;
    while (true) {
      int open = template.indexOf('@', at);
      int close = open < 0 ? -1 : template.indexOf('@', open + 1);
      if (close < 0) {
        return page.append(template, at, template.length()).toString();
      }
      String value = values.get(template.substring(open + 1, close));
      if (value == null) {
        throw new IllegalStateException("the page has no value for " + template.substring(open));
      }
      page.append(template, at, open).append(value);
      at = close + 1;
    }
  }

  /// A text of the program: beside this class, or in a library by its whole name.
  private static String text(String name) {
    try (InputStream in = InspectPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
