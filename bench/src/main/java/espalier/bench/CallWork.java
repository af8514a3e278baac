package espalier.bench;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.Call;

/** One kernel call by itself. */
public interface CallWork extends Work {

  /** The call, its operands declared in {@code program}. */
  Call call(CallProgram program);

  /** Floating-point operations of the call. */
  double operations();

  /** Operands are read once and outputs written once. */
  @Override
  default Cost cost() {
    CallProgram program = new CallProgram();
    call(program);
    return new Cost(operations(), Cost.FLOAT * program.floats());
  }

  @Override
  default Job open(Backend backend) {
    return new CallJob(backend, this);
  }
}
