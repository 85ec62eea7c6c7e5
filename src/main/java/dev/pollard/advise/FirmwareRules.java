package dev.pollard.advise;

/// The rules for programs without an operating system: what overlaps, and what the chip has room
/// for.
final class FirmwareRules {
  /// Above this part of its flash a chip has no room for what is still to come.
  static final double TIGHT = 0.9;

  private final ProgramFacts program;
  private final Awaits awaits;
  private final Footprint footprint;
  private final Advice.Builder advice = new Advice.Builder(Profile.EMBEDDED);

  private FirmwareRules(ProgramFacts program) {
    this.program = program;
    this.awaits = program.awaits();
    this.footprint = program.footprint();
  }

  static Advice decide(ProgramFacts program) {
    return new FirmwareRules(program).decide();
  }

  private Advice decide() {
    advice.unknown(
        "How long tasks compute between awaits: firmware is not run; what an emulator's clock says of"
            + " it is not the chip's.");
    if (awaits.machines() == 0) {
      room();
      return advice
          .unknown("What would overlap if it were async: blocking code does not tell.")
          .change("Two things that have to wait at the same time, without an interrupt for each.")
          .atMost(Confidence.MEDIUM, "what async would gain cannot be seen in a program without it")
          .answer(Answer.BLOCKING, "There is no async in it, and nothing measured asks for any.");
    }
    if (!program.described()) {
      Sentences.undescribed(advice);
    }
    Sentences.awaits(advice, awaits);
    if (awaits.waiting() + awaits.unsure() == 0 && program.described()) {
      Sentences.code(advice, footprint);
      room();
      return advice
          .change("One await that reaches I/O, a timer or another task.")
          .answer(Answer.BLOCKING, "No await in it can wait: async gives nothing here.");
    }
    Sentences.overlap(advice, awaits);
    Sentences.code(advice, footprint);
    room();
    if (!awaits.overlaps()) {
      return advice
          .rests(1, 2)
          .change("A second task, or one await on several things at once (select, join).")
          .answer(
              Answer.BLOCKING,
              "One thing happens at a time: blocking calls, with interrupts for what must not wait.");
    }
    memory();
    return program.room().filter(r -> use(r) > TIGHT).isPresent() ? tight() : roomy();
  }

  private double flashUse(Room room) {
    return Sentences.part(footprint.flash(), room.flash());
  }

  private double ramUse(Room room) {
    return Sentences.part(footprint.ram(), room.ram());
  }

  private double use(Room room) {
    return Math.max(flashUse(room), ramUse(room));
  }

  private void room() {
    program
        .room()
        .ifPresentOrElse(
            r ->
                advice.reason(
                    "The chip (%s) has %s of flash, of which the program takes %s (%s)%s."
                        .formatted(
                            r.source(),
                            Amount.bytes(r.flash()),
                            Amount.bytes(footprint.flash()),
                            Amount.percent(flashUse(r)),
                            r.ram() == 0
                                ? ""
                                : ", and %s of RAM, of which static data takes %s (%s)"
                                    .formatted(
                                        Amount.bytes(r.ram()),
                                        Amount.bytes(footprint.ram()),
                                        Amount.percent(ramUse(r)))),
                    Figure.of("room.flash", r.flash(), "bytes", r.source()),
                    Figure.of("room.ram", r.ram(), "bytes", r.source()),
                    Figure.of("flash", footprint.flash(), "bytes", "code and data"),
                    Figure.of("ram", footprint.ram(), "bytes", "data and bss")),
            () ->
                advice.unknown(
                    "The chip's room: no memory.x was found; --chip NAME or --memory FILE tells it."));
  }

  private void memory() {
    advice.reason(
        "Its tasks take %s of RAM under an executor, %s at least as threads: one stack each."
            .formatted(Amount.bytes(awaits.executorMemory()), Amount.bytes(awaits.threadMemory())),
        Figure.of(
            "ram.executor",
            awaits.executorMemory(),
            "bytes",
            "estimate: futures of all tasks + the deepest chain of poll frames + 64 for registers"),
        Figure.of(
            "ram.threads",
            awaits.threadMemory(),
            "bytes",
            "estimate: for each task its future + its deepest chain of poll frames + 64; without an"
                + " RTOS's own, and without what interrupts need on each stack"));
  }

  private Advice tight() {
    var room = program.room().orElseThrow();
    boolean flash = flashUse(room) > TIGHT;
    double flashWithout =
        Sentences.part(
            footprint.flash() - footprint.savedAtMost() - footprint.runtime(), room.flash());
    double ramWithout = Sentences.part(footprint.ram() - awaits.futures(), room.ram());
    advice
        .rests(use(room), TIGHT)
        .atMost(Confidence.MEDIUM, "what blocking would take is estimated")
        .change(
            "A chip of more than %s of flash and %s of RAM, or as many bytes less (pollard build, pollard"
                    .formatted(
                        Amount.bytes(footprint.flash() / TIGHT),
                        Amount.bytes(footprint.ram() / TIGHT))
                + " inspect): then async has room.");
    if (flashWithout > 1 || ramWithout > 1) {
      advice.atMost(Confidence.LOW, "by the estimate blocking does not fit either");
    }
    return advice
        .reason(
            "Without async it would be at %s of the flash and %s of the RAM at best."
                .formatted(Amount.percent(flashWithout), Amount.percent(ramWithout)),
            Figure.of(
                "room.flashWithout",
                flashWithout,
                "",
                "estimate: (flash − async.most − async.runtime) / room.flash"),
            Figure.of(
                "room.ramWithout",
                ramWithout,
                "",
                "estimate: (ram − futures of all tasks) / room.ram"))
        .answer(
            Answer.BLOCKING,
            "The chip is tight: over %s of its %s is used, and async is a part of it."
                .formatted(Amount.percent(TIGHT), flash ? "flash" : "RAM"));
  }

  private Advice roomy() {
    program
        .room()
        .ifPresentOrElse(
            r ->
                advice
                    .rests(use(r), TIGHT)
                    .change(
                        "Less than %s of flash on the chip (%s of it used): then blocking with interrupts."
                            .formatted(
                                Amount.bytes(footprint.flash() / TIGHT), Amount.percent(TIGHT))),
            () -> {
              advice.atMost(Confidence.LOW, "the chip's room is not known");
              advice.change(
                  "A chip with less than %s of flash: then blocking with interrupts."
                      .formatted(Amount.bytes(footprint.flash() / TIGHT)));
            });
    return advice
        .change("One task alone, and no await on several things: then blocking.")
        .answer(
            Answer.ASYNC, "Several things wait at once, on one stack, and there is room for it.");
  }
}
