/// Pollard: prunes the async state machines of real Rust builds.
module dev.pollard {
  requires com.aayushatharva.brotli4j;
  requires com.github.luben.zstd_jni;
  requires info.picocli;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;
  requires tree.sitter;

  opens dev.pollard.cli to
      info.picocli;
}
