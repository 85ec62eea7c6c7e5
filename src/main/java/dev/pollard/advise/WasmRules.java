package dev.pollard.advise;

/// The rules for WebAssembly, where nothing may block and bytes are sent over the wire.
final class WasmRules {
  /// From this part of the module on async is worth taking out where nothing overlaps.
  static final double DEAR = 0.1;

  private final ProgramFacts program;
  private final Awaits awaits;
  private final Footprint footprint;
  private final Advice.Builder advice = new Advice.Builder(Profile.WASM);

  private WasmRules(ProgramFacts program) {
    this.program = program;
    this.awaits = program.awaits();
    this.footprint = program.footprint();
  }

  static Advice decide(ProgramFacts program) {
    return new WasmRules(program).decide();
  }

  private Advice decide() {
    if (program.limit().isEmpty()) {
      advice.unknown(
          "How large the module may be: --limit SIZE, or wasm in the manifest's budget, tells it.");
    }
    if (awaits.machines() == 0) {
      return advice
          .change("Several requests of the host's that have to be under way at once.")
          .atMost(Confidence.MEDIUM, "what async would gain cannot be seen in a program without it")
          .answer(Answer.BLOCKING, "There is no async in it, and nothing measured asks for any.");
    }
    if (!program.described()) {
      Sentences.undescribed(advice);
    }
    Sentences.awaits(advice, awaits);
    if (awaits.waiting() + awaits.unsure() == 0 && program.described()) {
      Sentences.code(advice, footprint);
      return advice
          .change("One await that reaches a promise of the host's, a timer or another task.")
          .answer(Answer.BLOCKING, "No await in it can wait: async gives nothing here.");
    }
    Sentences.overlap(advice, awaits);
    Sentences.code(advice, footprint);
    program
        .limit()
        .ifPresent(l ->
            advice.reason(
                "The module has %s of the %s that it may have (%s)."
                    .formatted(
                        Amount.bytes(footprint.flash()),
                        Amount.bytes(l),
                        Amount.percent(Sentences.part(footprint.flash(), l))),
                Figure.of("limit", l, "bytes", "as it was told"),
                Figure.of("flash", footprint.flash(), "bytes", "the module without debug info")));
    if (program.limit().isPresent() && footprint.flash() > program.limit().getAsLong()) {
      return over(program.limit().getAsLong());
    }
    return awaits.overlaps() ? overlapping() : single();
  }

  private Advice over(long limit) {
    long without = footprint.flash() - footprint.savedAtMost() - footprint.runtime();
    advice
        .rests(footprint.flash(), limit)
        .atMost(Confidence.MEDIUM, "what the module would take without async is estimated")
        .reason(
            "Without async it would have %s at best.".formatted(Amount.bytes(without)),
            Figure.of("without", without, "bytes", "estimate: flash − async.most − async.runtime"))
        .change(
            "A limit of more than %s, or as many bytes less (pollard build, pollard inspect)."
                .formatted(Amount.bytes(footprint.flash())));
    if (without > limit) {
      advice.atMost(Confidence.LOW, "by the estimate it is over the limit without async too");
    }
    return advice.answer(
        Answer.BLOCKING,
        "The module is over its limit, and async is a part of it: calls that return, and callbacks"
            + " of the host's where it has to wait.");
  }

  private Advice overlapping() {
    program
        .limit()
        .ifPresentOrElse(
            l -> {
              advice.rests(footprint.flash(), l);
              advice.change(
                  "A limit of less than %s: then without async."
                      .formatted(Amount.bytes(footprint.flash())));
            },
            () -> {
              advice.atMost(Confidence.MEDIUM, "how large the module may be was not told");
              advice.change(
                  "A limit of less than %s (--limit): then without async."
                      .formatted(Amount.bytes(footprint.flash())));
            });
    return advice
        .change("One request at a time: then calls that return, and a callback.")
        .answer(
            Answer.ASYNC, "Several things wait for the host at once, which nothing may block on.");
  }

  private Advice single() {
    double part = Sentences.part(footprint.savedAtLeast() + footprint.runtime(), footprint.flash());
    advice
        .rests(part, DEAR)
        .atMost(Confidence.MEDIUM, "what the module would take without async is estimated")
        .reason(
            "At least %s of the module is there for async.".formatted(Amount.percent(part)),
            Figure.of("part", part, "", "estimate: (async.least + async.runtime) / flash"))
        .change("A second request that is under way at the same time: then async.");
    return part >= DEAR
        ? advice.answer(
            Answer.BLOCKING,
            "One thing waits at a time: calls that return, and a callback, are smaller.")
        : advice.answer(Answer.EITHER, "One thing waits at a time, but async takes little here.");
  }
}
