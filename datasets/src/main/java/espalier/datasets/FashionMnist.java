package espalier.datasets;

import espalier.core.io.Sha256;
import espalier.datasets.Download.RemoteFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fashion-MNIST, 60,000 training and 10,000 test images of 28x28 grey pixels [Xiao, Rasul,
 * Vollgraf: Fashion-MNIST, 2017].
 */
public final class FashionMnist {
  /** Where the publisher keeps the files. */
  public static final URI PUBLISHER =
      URI.create(
          "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/");

  /** The publisher's four files. */
  public static final List<RemoteFile> FILES =
      List.of(
          new RemoteFile(
              "train-images-idx3-ubyte.gz",
              26_421_880,
              "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
          new RemoteFile(
              "train-labels-idx1-ubyte.gz",
              29_515,
              "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
          new RemoteFile(
              "t10k-images-idx3-ubyte.gz",
              4_422_102,
              "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
          new RemoteFile(
              "t10k-labels-idx1-ubyte.gz",
              5_148,
              "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

  public static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String TRAINING_LABELS_SHA256 =
      "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7";

  private FashionMnist() {}

  /**
   * Downloads the files that {@code folder} lacks.
   *
   * @param base the address of a folder with the files, such as {@link #PUBLISHER}
   * @throws espalier.core.io.DataException if the address fails or serves other files
   */
  public static void download(URI base, Path folder, Download.Progress progress) {
    new Download(base).fetch(FILES, folder, progress);
  }

  /** The names of the classes, if these are the labels of the training images. */
  static Optional<List<String>> classNames(int[] trainingLabels) {
    var bytes = new byte[trainingLabels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) trainingLabels[i];
    }
    boolean same = Sha256.of(bytes).equals(TRAINING_LABELS_SHA256);
    return same ? Optional.of(CLASSES) : Optional.empty();
  }
}
