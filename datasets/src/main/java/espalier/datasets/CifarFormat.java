package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR-10 in its binary version: files {@code data_batch_1.bin} to {@code data_batch_5.bin}, any
 * number of them, and {@code test_batch.bin}, each perhaps packed with gzip. A record is a label
 * and the red, green and blue planes of 32x32 pixels [Krizhevsky: Learning Multiple Layers of
 * Features from Tiny Images, 2009].
 */
final class CifarFormat implements Format {
  private static final ImageSpec IMAGE = new ImageSpec(32, 32, 3);
  private static final int PLANE = IMAGE.height() * IMAGE.width();
  private static final int RECORD = 1 + IMAGE.values();
  private static final String TRAINING = "data_batch_\\d+\\.bin(\\.gz)?";
  private static final String TEST = "test_batch\\.bin(\\.gz)?";
  private static final String NAMES = "batches\\.meta\\.txt";
  private static final List<String> CIFAR_10 =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Batch(Path file, byte[] bytes) {
    int records() {
      return bytes.length / RECORD;
    }
  }

  @Override
  public boolean recognises(Path folder) {
    return !DataFile.list(folder, TRAINING).isEmpty();
  }

  @Override
  public String signs() {
    return "CIFAR-10 batches (data_batch_1.bin or .gz)";
  }

  @Override
  public DataFolder read(Path folder) {
    var named = DataFile.list(folder, NAMES);
    var names = named.isEmpty() ? CIFAR_10 : ClassNames.read(named.getFirst());
    var training = dataset(DataFile.list(folder, TRAINING), names);
    var testFiles = DataFile.list(folder, TEST);
    var test =
        testFiles.isEmpty() ? Optional.<Dataset>empty() : Optional.of(dataset(testFiles, names));
    return new DataFolder("CIFAR-10 batches", training, Optional.empty(), test);
  }

  private static Dataset dataset(List<Path> files, List<String> names) {
    List<Batch> batches = new ArrayList<>();
    for (var file : files) {
      batches.add(batch(file));
    }
    long records = batches.stream().mapToLong(Batch::records).sum();
    if (records * IMAGE.values() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s: %d images are too many to hold in memory; leave some batches out"
              .formatted(files.getFirst().getParent(), records));
    }
    var pixels = new byte[(int) records * IMAGE.values()];
    var labels = new int[(int) records];
    int next = 0;
    for (var batch : batches) {
      for (int r = 0; r < batch.records(); r++, next++) {
        labels[next] = label(batch, r, names.size());
        interleave(batch.bytes(), r * RECORD + 1, pixels, next * IMAGE.values());
      }
    }
    return Dataset.of(IMAGE, pixels, labels, names);
  }

  private static Batch batch(Path file) {
    byte[] bytes = DataFile.read(file);
    if (bytes.length == 0) {
      throw new DataException("%s: holds no images; get the file again".formatted(file));
    }
    if (bytes.length % RECORD != 0) {
      throw new DataException(
          "%s: %d bytes are not whole records of %d; it was cut off or is no CIFAR-10 batch"
              .formatted(file, bytes.length, RECORD));
    }
    return new Batch(file, bytes);
  }

  private static int label(Batch batch, int index, int classes) {
    int label = batch.bytes()[index * RECORD] & 0xFF;
    if (label >= classes) {
      throw new DataException(
          "%s: record %d has the label %d, but labels of %d classes are 0 to %d; it is damaged"
              .formatted(batch.file(), index, label, classes, classes - 1));
    }
    return label;
  }

  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    int channels = IMAGE.channels();
    for (int p = 0; p < PLANE; p++) {
      for (int c = 0; c < channels; c++) {
        pixels[to + p * channels + c] = planes[from + c * PLANE + p];
      }
    }
  }
}
