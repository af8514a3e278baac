package espalier.core.study;

/** A run ended before its result. */
public final class RunStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a run ended early. */
  public enum Reason {
    /** Somebody asked it to stop; it can be resumed. */
    CANCELLED,
    /** A loss was no longer a number; running it again would end the same. */
    DIVERGED,
    /** The architecture has no path from the input to the output, so it cannot learn. */
    DISCONNECTED,
    /** No candidate could be trained within the limits. */
    NOTHING_FOUND
  }

  private final Reason reason;

  /** A run that ended for {@code reason}, described by {@code message}. */
  public RunStopped(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it ended. */
  public Reason reason() {
    return reason;
  }
}
