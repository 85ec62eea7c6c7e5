package dev.pollard.llvm;

/// What an instruction does, by LLVM's own names; the numbers are those of `LLVMOpcode`.
public enum Opcode {
  RET(1),
  BR(2),
  SWITCH(3),
  INDIRECT_BR(4),
  INVOKE(5),
  UNREACHABLE(7),
  ADD(8),
  FADD(9),
  SUB(10),
  FSUB(11),
  MUL(12),
  FMUL(13),
  UDIV(14),
  SDIV(15),
  FDIV(16),
  UREM(17),
  SREM(18),
  FREM(19),
  SHL(20),
  LSHR(21),
  ASHR(22),
  AND(23),
  OR(24),
  XOR(25),
  ALLOCA(26),
  LOAD(27),
  STORE(28),
  GET_ELEMENT_PTR(29),
  TRUNC(30),
  ZEXT(31),
  SEXT(32),
  FP_TO_UI(33),
  FP_TO_SI(34),
  UI_TO_FP(35),
  SI_TO_FP(36),
  FP_TRUNC(37),
  FP_EXT(38),
  PTR_TO_INT(39),
  INT_TO_PTR(40),
  BIT_CAST(41),
  ICMP(42),
  FCMP(43),
  PHI(44),
  CALL(45),
  SELECT(46),
  USER_OP_1(47),
  USER_OP_2(48),
  VA_ARG(49),
  EXTRACT_ELEMENT(50),
  INSERT_ELEMENT(51),
  SHUFFLE_VECTOR(52),
  EXTRACT_VALUE(53),
  INSERT_VALUE(54),
  FENCE(55),
  CMPXCHG(56),
  ATOMIC_RMW(57),
  RESUME(58),
  LANDING_PAD(59),
  ADDR_SPACE_CAST(60),
  CLEANUP_RET(61),
  CATCH_RET(62),
  CATCH_PAD(63),
  CLEANUP_PAD(64),
  CATCH_SWITCH(65),
  FNEG(66),
  CALL_BR(67),
  FREEZE(68),
  PTR_TO_ADDR(69),
  /// One that this version of Pollard does not know.
  UNKNOWN(-1);

  private static final Opcode[] BY_NUMBER = new Opcode[70];

  static {
    java.util.Arrays.fill(BY_NUMBER, UNKNOWN);
    for (Opcode opcode : values()) {
      if (opcode.number >= 0) {
        BY_NUMBER[opcode.number] = opcode;
      }
    }
  }

  private final int number;

  Opcode(int number) {
    this.number = number;
  }

  /// `LLVMOpcode`'s number.
  public int number() {
    return number;
  }

  static Opcode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }
}
