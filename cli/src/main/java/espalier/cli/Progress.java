package espalier.cli;

import espalier.core.study.StudyListener;
import espalier.kernels.spi.Backend;

/** Shows a run to whoever watches. */
abstract class Progress implements StudyListener, AutoCloseable {
  private final Interruption interruption;

  Progress(Interruption interruption) {
    this.interruption = interruption;
  }

  /** Progress as the terminal can show it. */
  static Progress on(Terminal terminal, Backend backend, Interruption interruption) {
    terminal.print("Computing on %s.", backend.description());
    return terminal.isLive()
        ? new LiveProgress(terminal, interruption)
        : new PlainProgress(terminal, interruption);
  }

  @Override
  public final boolean isCancelled() {
    return interruption.isRequested();
  }

  /** Leaves the terminal ready for other lines. */
  abstract void finish();

  @Override
  public final void close() {
    finish();
  }
}
