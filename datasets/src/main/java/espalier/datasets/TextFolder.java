package espalier.datasets;

import espalier.core.data.Corpus;
import espalier.core.data.Vocabulary;
import espalier.core.io.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of text that is cut into words already, as WikiText and the Penn Treebank are: files
 * {@code *train*.txt}, {@code *valid*.txt} and {@code *test*.txt} (or {@code .tokens}, and packed
 * with gzip if so wished), in UTF-8. Words are what white space parts, and every line ends with
 * {@value Vocabulary#END}.
 */
public final class TextFolder {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private TextFolder() {}

  /** Whether a folder holds such files: at least a test part. */
  public static boolean isText(Path folder) {
    return Files.isDirectory(folder) && !files(folder, "test").isEmpty();
  }

  /**
   * Reads the texts. Where there is no part to learn from, the validation part is learnt from
   * instead; where there is then none to compare on, the end of what is learnt from is kept apart
   * for it.
   *
   * @param validShare of the text to learn from, where some of it has to be kept apart
   * @throws DataException if a part is missing, damaged or empty
   */
  public static Corpus read(Path folder, double validShare) {
    List<String> test = part(folder, "test").orElseThrow(() -> missing(folder, "test"));
    Optional<List<String>> train = part(folder, "train");
    Optional<List<String>> valid = part(folder, "valid");
    if (train.isPresent() && valid.isPresent()) {
      return new Corpus(train.get(), valid.get(), test);
    }
    List<String> text = train.or(() -> valid).orElseThrow(() -> missing(folder, "train"));
    return Corpus.withholding(validShare, text, test);
  }

  private static DataException missing(Path folder, String part) {
    return new DataException(
        "%s: holds no text to %s on; looked for *%s*.txt".formatted(folder, part, part));
  }

  private static List<Path> files(Path folder, String part) {
    return DataFile.list(folder, ".*%s.*\\.(txt|tokens)(\\.gz)?".formatted(part));
  }

  private static Optional<List<String>> part(Path folder, String part) {
    List<Path> files = files(folder, part);
    if (files.size() > 1) {
      throw new DataException(
          "%s: '%s' and '%s' are both named for the part '%s', expected one file"
              .formatted(folder, DataFile.name(files.get(0)), DataFile.name(files.get(1)), part));
    }
    return files.stream().findFirst().map(TextFolder::words);
  }

  private static List<String> words(Path file) {
    List<String> words = new ArrayList<>();
    new String(DataFile.read(file), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> {
          WHITE_SPACE.splitAsStream(line).filter(word -> !word.isEmpty()).forEach(words::add);
          words.add(Vocabulary.END);
        });
    if (words.isEmpty()) {
      throw new DataException("%s: is empty, expected text".formatted(file));
    }
    return words;
  }
}
