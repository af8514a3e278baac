package espalier.core.io;

import java.io.Serial;

/**
 * Bad input from outside: a file, folder or download that is missing, damaged or not what it should
 * be. The message is one sentence that names the file, the place in it and the remedy; it can be
 * shown to a person as it is.
 */
public final class DataException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
