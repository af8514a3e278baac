package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder per class with PNG or JPEG files, called by its class. Class folders lie in the folder
 * itself, or in {@code train}, beside which {@code val} (or {@code valid}) and {@code test} may
 * hold more.
 *
 * <p>All images are brought to one size: the most common one of the training images, of several
 * equally common ones the largest, shrunk so that no side is longer than 64 pixels. They are grey
 * if every training image is, and otherwise red, green and blue.
 */
final class ImageFolderFormat implements Format {
  private static final int LONGEST_SIDE = 64;
  private static final String IMAGES = "(?i).*\\.(png|jpe?g)";

  private record Labelled(Path file, int label) {}

  @Override
  public boolean recognises(Path folder) {
    return isPart(folder) || subfolder(folder, "train").filter(Files::isDirectory).isPresent();
  }

  @Override
  public String signs() {
    return "a folder per class with PNG or JPEG files, directly or within 'train'";
  }

  @Override
  public DataFolder read(Path folder) {
    var train = subfolder(folder, "train").filter(part -> !holdsImages(part));
    var part = train.orElse(folder);
    var names = classNames(part);
    var files = files(part, names);
    var size = commonSize(files);
    var pictures = pictures(files, size);
    boolean grey = pictures.stream().allMatch(Picture::isGrey);
    var training = dataset(part, files, pictures, names, grey);
    if (train.isEmpty()) {
      return new DataFolder("a folder per class", training, Optional.empty(), Optional.empty());
    }
    var valid = subfolder(folder, "val").or(() -> subfolder(folder, "valid"));
    return new DataFolder(
        "a folder per class",
        training,
        valid.map(other -> other(other, names, size, grey)),
        subfolder(folder, "test").map(other -> other(other, names, size, grey)));
  }

  private static Dataset other(Path part, List<String> names, Picture.Size size, boolean grey) {
    for (var name : classNames(part)) {
      if (!names.contains(name)) {
        throw new DataException(
            "%s: has the class '%s', which the training images lack; they have %s"
                .formatted(part, name, String.join(", ", names)));
      }
    }
    var files = files(part, names);
    return dataset(part, files, pictures(files, size), names, grey);
  }

  /** Whether a folder has class folders with images. */
  private static boolean isPart(Path folder) {
    return DataFile.list(folder).stream()
        .anyMatch(child -> Files.isDirectory(child) && holdsImages(child));
  }

  private static boolean holdsImages(Path folder) {
    return !DataFile.list(folder, IMAGES).isEmpty();
  }

  private static Optional<Path> subfolder(Path folder, String name) {
    return Optional.of(folder.resolve(name)).filter(Files::isDirectory);
  }

  private static List<String> classNames(Path part) {
    var names =
        DataFile.list(part).stream().filter(Files::isDirectory).map(DataFile::name).toList();
    if (names.size() < 2) {
      throw new DataException(
          "%s: has %d class folders, at least two are needed; make one per class"
              .formatted(part, names.size()));
    }
    return names;
  }

  private static List<Labelled> files(Path part, List<String> names) {
    List<Labelled> files = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      var folder = part.resolve(names.get(label));
      if (!Files.isDirectory(folder)) {
        continue;
      }
      var images = DataFile.list(folder, IMAGES);
      if (images.isEmpty()) {
        throw new DataException(
            "%s: holds no PNG or JPEG files; add some or remove the folder".formatted(folder));
      }
      for (var image : images) {
        files.add(new Labelled(image, label));
      }
    }
    if (files.isEmpty()) {
      throw new DataException("%s: holds no images; add a folder per class".formatted(part));
    }
    return files;
  }

  private static Picture.Size commonSize(List<Labelled> files) {
    Map<Picture.Size, Integer> counts = new LinkedHashMap<>();
    for (var labelled : files) {
      counts.merge(Picture.size(labelled.file()), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Picture.Size, Integer>comparingByValue()
                .thenComparing(
                    Map.Entry.comparingByKey(
                        Comparator.comparingLong(Picture.Size::area)
                            .thenComparingInt(Picture.Size::height))))
        .orElseThrow()
        .getKey()
        .atMost(LONGEST_SIDE);
  }

  private static List<Picture> pictures(List<Labelled> files, Picture.Size size) {
    List<Picture> pictures = new ArrayList<>(files.size());
    for (var labelled : files) {
      pictures.add(Picture.read(labelled.file()).resized(size));
    }
    return pictures;
  }

  private static Dataset dataset(
      Path part, List<Labelled> files, List<Picture> pictures, List<String> names, boolean grey) {
    var size = pictures.getFirst().size();
    var spec = new ImageSpec(size.height(), size.width(), grey ? 1 : 3);
    long bytes = (long) files.size() * spec.values();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s: %d images of %s are too many to hold in memory; leave some out"
              .formatted(part, files.size(), spec));
    }
    var pixels = new byte[(int) bytes];
    var labels = new int[files.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = files.get(i).label();
      pictures.get(i).write(grey, pixels, i * spec.values());
    }
    return Dataset.of(spec, pixels, labels, names);
  }
}
