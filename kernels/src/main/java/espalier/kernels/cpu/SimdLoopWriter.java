package espalier.kernels.cpu;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Writes the class file of one {@link PointLoop}. */
final class SimdLoopWriter {
  /*
   * The class has one method: arrays and offsets go to local variables, what every round needs to
   * vectors, then one loop evaluates the expression, each value a local variable. That is all the
   * compiler needs to keep values in registers: the species is a constant, the step of the loop
   * too, and each index is a sum of invariants and the loop's variable, so that range checks leave
   * the loop. All stores of a vector of points come after all its loads, because a result may lie
   * where a source does.
   */
  private static final String NAME = "Loop";
  private static final String RUN = "run";
  private static final MethodTypeDesc RUN_TYPE =
      MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_float.arrayType(2), CD_int.arrayType());
  private static final int ROUNDS = 1;
  private static final int PITCH = 2;
  private static final int ARRAYS = 3;
  private static final int AT = 4;

  private static final ClassDesc FLOATS = CD_float.arrayType();
  private static final ClassDesc VECTOR = desc(FloatVector.class);
  private static final ClassDesc ANY = desc(Vector.class);
  private static final ClassDesc MASK = desc(VectorMask.class);
  private static final ClassDesc SPECIES = desc(VectorSpecies.class);
  private static final ClassDesc OPERATORS = desc(VectorOperators.class);
  private static final ClassDesc COMPARISON = desc(VectorOperators.Comparison.class);
  private static final ClassDesc FUNCTIONS = desc(SimdFunctions.class);

  private static final MethodTypeDesc LOAD = MethodTypeDesc.of(VECTOR, SPECIES, FLOATS, CD_int);
  private static final MethodTypeDesc SPREAD = MethodTypeDesc.of(VECTOR, SPECIES, CD_float);
  private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, FLOATS, CD_int);
  private static final ClassDesc UNARY = desc(VectorOperators.Unary.class);
  private static final ClassDesc BINARY = desc(VectorOperators.Binary.class);
  private static final ClassDesc ASSOCIATIVE = desc(VectorOperators.Associative.class);
  private static final MethodTypeDesc FUNCTION = MethodTypeDesc.of(VECTOR, VECTOR);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, ANY);
  private static final MethodTypeDesc COMPARE_NUMBER =
      MethodTypeDesc.of(MASK, COMPARISON, CD_float);
  private static final MethodTypeDesc BLEND = MethodTypeDesc.of(VECTOR, ANY, MASK);

  private final LoopCode code;
  private final Expr expr;
  private final int lanes;
  private final int operands;
  private final int[] arrays;
  private final int[] offsets;

  /** Local variable of each value for the vector being evaluated, or of its invariant copy. */
  private final int[] values;

  private final int[][] repeated;
  private final int[][] chains;
  private int index;

  private SimdLoopWriter(LoopCode code) {
    this.code = code;
    this.expr = code.expr();
    this.lanes = code.bits() / Float.SIZE;
    this.operands = expr.inputs() + expr.results().size();
    this.arrays = new int[operands];
    this.offsets = new int[operands];
    this.values = new int[expr.values()];
    this.repeated = new int[expr.inputs()][code.vectors()];
    this.chains = new int[expr.results().size()][code.chains()];
  }

  /** The bytes of a class, in this package, that implements {@link PointLoop}. */
  static byte[] write(LoopCode code) {
    ClassDesc owner = ClassDesc.of(SimdLoopWriter.class.getPackageName(), NAME);
    return ClassFile.of()
        .build(
            owner,
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withInterfaceSymbols(desc(PointLoop.class))
                    .withMethodBody(
                        INIT_NAME,
                        MTD_void,
                        0,
                        body ->
                            body.aload(0)
                                .invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void)
                                .return_())
                    .withMethodBody(
                        RUN,
                        RUN_TYPE,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
                        body -> new SimdLoopWriter(code).run(body)));
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  private void run(CodeBuilder body) {
    unpack(body);
    invariants(body);
    index = body.allocateLocal(TypeKind.INT);
    int limit = body.allocateLocal(TypeKind.INT);
    int step = code.vectors() * lanes;
    body.iload(ROUNDS).loadConstant(code.pitched() ? 1 : step).imul().istore(limit);
    body.iconst_0().istore(index);
    int counter = index;
    if (code.pitched()) {
      counter = body.allocateLocal(TypeKind.INT);
      body.iconst_0().istore(counter);
    }
    Label test = body.newLabel();
    Label done = body.newLabel();
    body.labelBinding(test).iload(counter).iload(limit).if_icmpge(done);
    for (int v = 0; v < code.vectors(); v++) {
      round(body, v);
    }
    if (code.pitched()) {
      body.iload(index).iload(PITCH).iadd().istore(index);
      body.iinc(counter, 1);
    } else {
      body.iinc(index, step);
    }
    body.goto_(test).labelBinding(done);
    storeChains(body);
    body.return_();
  }

  private void unpack(CodeBuilder body) {
    for (int k = 0; k < operands; k++) {
      arrays[k] = body.allocateLocal(TypeKind.REFERENCE);
      offsets[k] = body.allocateLocal(TypeKind.INT);
      body.aload(ARRAYS).loadConstant(k).aaload().astore(arrays[k]);
      body.aload(AT).loadConstant(k).iaload().istore(offsets[k]);
    }
  }

  /** Puts what every round reads, and the chains, into local variables. */
  private void invariants(CodeBuilder body) {
    for (int i = 0; i < expr.inputs(); i++) {
      switch (code.sources().get(i)) {
        case MOVING -> {}
        case REPEATED -> {
          for (int v = 0; v < code.vectors(); v++) {
            load(body, i, v, false);
            repeated[i][v] = keep(body);
          }
        }
        case SCALAR -> {
          species(body).aload(arrays[i]).iload(offsets[i]).faload();
          body.invokestatic(VECTOR, "broadcast", SPREAD);
          values[i] = keep(body);
        }
      }
    }
    for (int s = 0; s < expr.steps().size(); s++) {
      Expr.Step step = expr.steps().get(s);
      if (step.fn() == Fn.CONSTANT) {
        species(body).loadConstant((float) step.constant());
        body.invokestatic(VECTOR, "broadcast", SPREAD);
        values[expr.inputs() + s] = keep(body);
      }
    }
    for (int r = 0; r < chains.length; r++) {
      for (int c = 0; c < code.chains(); c++) {
        load(body, expr.inputs() + r, c, false);
        chains[r][c] = keep(body);
      }
    }
  }

  private void round(CodeBuilder body, int v) {
    for (int i = 0; i < expr.inputs(); i++) {
      switch (code.sources().get(i)) {
        case MOVING -> {
          load(body, i, v, true);
          values[i] = keep(body);
        }
        case REPEATED -> values[i] = repeated[i][v];
        case SCALAR -> {}
      }
    }
    for (int s = 0; s < expr.steps().size(); s++) {
      Expr.Step step = expr.steps().get(s);
      if (step.fn() != Fn.CONSTANT) {
        apply(body, step);
        values[expr.inputs() + s] = keep(body);
      }
    }
    for (int r = 0; r < expr.results().size(); r++) {
      int value = values[expr.results().get(r)];
      if (code.sink() == LoopCode.Sink.STORE) {
        int k = expr.inputs() + r;
        body.aload(value).aload(arrays[k]);
        address(body, k, v, true);
        body.invokevirtual(VECTOR, "intoArray", STORE);
      } else {
        int chain = chains[r][v % code.chains()];
        String join = code.sink() == LoopCode.Sink.SUM ? "ADD" : "MAX";
        binary(body, chain, ASSOCIATIVE, join, value);
        body.astore(chain);
      }
    }
  }

  private void storeChains(CodeBuilder body) {
    for (int r = 0; r < chains.length; r++) {
      for (int c = 0; c < code.chains(); c++) {
        int k = expr.inputs() + r;
        body.aload(chains[r][c]).aload(arrays[k]);
        address(body, k, c, false);
        body.invokevirtual(VECTOR, "intoArray", STORE);
      }
    }
  }

  private void apply(CodeBuilder body, Expr.Step step) {
    Fn fn = step.fn();
    int a = values[step.a()];
    int b = values[step.b()];
    switch (fn) {
      case NEG -> unary(body, "NEG", a);
      case ABS -> unary(body, "ABS", a);
      case SQRT -> unary(body, "SQRT", a);
      case EXP -> body.aload(a).invokestatic(FUNCTIONS, "exp", FUNCTION);
      case LOG -> body.aload(a).invokestatic(FUNCTIONS, "log", FUNCTION);
      case TANH -> body.aload(a).invokestatic(FUNCTIONS, "tanh", FUNCTION);
      case SIGMOID -> body.aload(a).invokestatic(FUNCTIONS, "sigmoid", FUNCTION);
      case RELU -> {
        zero(body.aload(a)).aload(a).getstatic(OPERATORS, "LT", COMPARISON).fconst_0();
        body.invokevirtual(VECTOR, "compare", COMPARE_NUMBER);
        body.invokevirtual(VECTOR, "blend", BLEND);
      }
      case ADD -> binary(body, a, ASSOCIATIVE, "ADD", b);
      case SUB -> binary(body, a, BINARY, "SUB", b);
      case MUL -> binary(body, a, ASSOCIATIVE, "MUL", b);
      case DIV -> binary(body, a, BINARY, "DIV", b);
      case MAX -> binary(body, a, ASSOCIATIVE, "MAX", b);
      case MIN -> binary(body, a, ASSOCIATIVE, "MIN", b);
      case GREATER -> choose(body, a, b, "GT");
      case GREATER_EQUAL -> choose(body, a, b, "GE");
      case CONSTANT -> throw new IllegalStateException("loop: a constant is not a function");
    }
  }

  private static void unary(CodeBuilder body, String operator, int a) {
    body.aload(a).getstatic(OPERATORS, operator, UNARY);
    body.invokevirtual(VECTOR, "lanewise", MethodTypeDesc.of(VECTOR, UNARY));
  }

  private static void binary(CodeBuilder body, int a, ClassDesc kind, String operator, int b) {
    body.aload(a).getstatic(OPERATORS, operator, kind).aload(b);
    body.invokevirtual(VECTOR, "lanewise", MethodTypeDesc.of(VECTOR, BINARY, ANY));
  }

  private void choose(CodeBuilder body, int a, int b, String operator) {
    species(zero(body)).fconst_1().invokestatic(VECTOR, "broadcast", SPREAD);
    body.aload(a).getstatic(OPERATORS, operator, COMPARISON).aload(b);
    body.invokevirtual(VECTOR, "compare", COMPARE).invokevirtual(VECTOR, "blend", BLEND);
  }

  /** Loads vector {@code v} of operand {@code k}, of this round or of the first. */
  private void load(CodeBuilder body, int k, int v, boolean moving) {
    species(body).aload(arrays[k]);
    address(body, k, v, moving);
    body.invokestatic(VECTOR, "fromArray", LOAD);
  }

  private void address(CodeBuilder body, int k, int v, boolean moving) {
    body.iload(offsets[k]);
    if (moving) {
      body.iload(index).iadd();
    }
    if (v > 0) {
      body.loadConstant(v * lanes).iadd();
    }
  }

  private CodeBuilder zero(CodeBuilder body) {
    return species(body).invokestatic(VECTOR, "zero", MethodTypeDesc.of(VECTOR, SPECIES));
  }

  private CodeBuilder species(CodeBuilder body) {
    return body.getstatic(VECTOR, "SPECIES_" + code.bits(), SPECIES);
  }

  /** Moves the vector on the stack to a new local variable. */
  private static int keep(CodeBuilder body) {
    int local = body.allocateLocal(TypeKind.REFERENCE);
    body.astore(local);
    return local;
  }
}
