package espalier.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs commands within this JVM, as on a pipe. */
final class Commands {
  /** Sizes with which a whole search is a matter of seconds. */
  static final List<String> TINY_IMAGES =
      List.of("--train-images=48", "--valid-images=32", "--test-images=20");

  static final List<String> TINY_NETWORK = List.of("--channels=2", "--cells=2", "--batch=16");

  static final List<String> TINY_SEARCH =
      List.of("--search-channels=2", "--search-cells=2", "--search-batch=16");

  private Commands() {}

  /** How a command ended and what it said. */
  record Ended(int code, String out, String err) {}

  static Ended run(List<String> arguments) {
    return run(arguments.toArray(String[]::new));
  }

  static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  /** A search of tiny sizes with further options. */
  static List<String> tinySearch(String... options) {
    return joined(
        List.of("search"), TINY_IMAGES, TINY_NETWORK, TINY_SEARCH, Arrays.asList(options));
  }

  /** A training of tiny sizes, of the hand-drawn convolutional network, with further options. */
  static List<String> tinyTraining(String... options) {
    return joined(
        List.of("train", "--network=cnn", "--batch=16"), TINY_IMAGES, Arrays.asList(options));
  }

  @SafeVarargs
  static List<String> joined(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
