package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The IDX files of MNIST and its successors: {@code train-images-idx3-ubyte} with {@code
 * train-labels-idx1-ubyte}, and the same for {@code t10k}, each perhaps packed with gzip. Images
 * are {@code [N, H, W]} or {@code [N, H, W, C]}. Classes are called by their numbers, or as {@code
 * classes.txt} says (a name per line).
 */
final class IdxFormat implements Format {
  private static final String CLASS_FILE = "classes.txt";

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Labels(Path file, int[] values) {}

  @Override
  public boolean recognises(Path folder) {
    return !DataFile.list(folder, files("train", "images")).isEmpty();
  }

  @Override
  public String signs() {
    return "IDX files (train-images-idx3-ubyte or .gz, with labels)";
  }

  @Override
  public DataFolder read(Path folder) {
    var trainLabels = labels(one(folder, "train", "labels"));
    boolean hasTest = !DataFile.list(folder, files("t10k", "(images|labels)")).isEmpty();
    var testLabels =
        hasTest ? Optional.of(labels(one(folder, "t10k", "labels"))) : Optional.<Labels>empty();
    var names = classNames(folder, trainLabels, testLabels);
    var training = dataset(one(folder, "train", "images"), trainLabels, names);
    var test = testLabels.map(labels -> dataset(one(folder, "t10k", "images"), labels, names));
    test.ifPresent(images -> {
      if (!images.image().equals(training.image())) {
        throw new DataException(
            "%s: test images are %s, training images %s; the files do not belong together"
                .formatted(folder, images.image(), training.image()));
      }
    });
    return new DataFolder("IDX files", training, Optional.empty(), test);
  }

  private static String files(String part, String content) {
    return part + "-" + content + "[.-]idx[134]-ubyte(\\.gz)?";
  }

  private static Path one(Path folder, String part, String content) {
    var found = DataFile.list(folder, files(part, content));
    if (found.isEmpty()) {
      throw new DataException(
          "%s: holds no %s-%s-idx%d-ubyte or .gz; put it beside the others"
              .formatted(folder, part, content, content.equals("labels") ? 1 : 3));
    }
    return found.getFirst();
  }

  private static Labels labels(Path file) {
    var idx = IdxArray.read(file);
    if (idx.shape().length != 1) {
      throw new DataException(
          "%s: holds an array of %d dimensions, labels have one; is it the images' file?"
              .formatted(file, idx.shape().length));
    }
    var values = new int[idx.shape()[0]];
    Arrays.setAll(values, i -> idx.values()[i] & 0xFF);
    return new Labels(file, values);
  }

  private static Dataset dataset(Path file, Labels labels, List<String> names) {
    var idx = IdxArray.read(file);
    int[] shape = idx.shape();
    if (shape.length != 3 && shape.length != 4) {
      throw new DataException(
          "%s: holds an array of %d dimensions, images have three or four; is it the labels' file?"
              .formatted(file, shape.length));
    }
    if (shape[0] != labels.values().length) {
      throw new DataException(
          "%s: holds %d images, %s %d labels; the files do not belong together"
              .formatted(file, shape[0], DataFile.name(labels.file()), labels.values().length));
    }
    if (idx.values().length == 0) {
      throw new DataException("%s: holds no images; get the file again".formatted(file));
    }
    var spec = new ImageSpec(shape[1], shape[2], shape.length == 4 ? shape[3] : 1);
    return Dataset.of(spec, idx.values(), labels.values(), names);
  }

  private static List<String> classNames(Path folder, Labels train, Optional<Labels> test) {
    int highest = Arrays.stream(train.values()).max().orElse(0);
    var named = DataFile.list(folder, CLASS_FILE);
    var names =
        named.isEmpty()
            ? FashionMnist.classNames(train.values())
                .orElseGet(() -> numbers(Math.max(highest, 1) + 1))
            : ClassNames.read(named.getFirst());
    requireBelow(names.size(), train);
    test.ifPresent(labels -> requireBelow(names.size(), labels));
    return names;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static void requireBelow(int classes, Labels labels) {
    for (int i = 0; i < labels.values().length; i++) {
      if (labels.values()[i] >= classes) {
        throw new DataException(
            "%s: label %d is %d, but labels of %d classes are 0 to %d; the file is damaged"
                .formatted(labels.file(), i, labels.values()[i], classes, classes - 1));
      }
    }
  }
}
