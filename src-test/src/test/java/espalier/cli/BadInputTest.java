package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.cli.Commands.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of bad input is answered with one sentence and its exit code, and nothing is written.
 */
final class BadInputTest {
  private static final int IMAGES = 40;
  private static final int SIDE = 16;

  @TempDir static Path folder;

  @BeforeAll
  static void trainAModel() {
    Ended ended =
        Commands.run(Commands.tinyTraining("--budget=1steps", "--out=" + folder.resolve("model")));
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  private static byte[] images(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    return idx(3, pixels, count, SIDE, SIDE);
  }

  private static byte[] labels(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return idx(1, labels, count);
  }

  private static byte[] idx(int dimensions, byte[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    bytes.putInt(0x800 + dimensions);
    for (int extent : shape) {
      bytes.putInt(extent);
    }
    return bytes.put(values).array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** A folder of IDX files with this for images and this for labels. */
  private static Path data(String name, byte[] images, byte[] labels) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    boolean packed = images.length > 1 && images[0] == 0x1f;
    Files.write(data.resolve("train-images-idx3-ubyte" + (packed ? ".gz" : "")), images);
    Files.write(data.resolve("train-labels-idx1-ubyte"), labels);
    return data;
  }

  private static void assertRefused(ExitCode code, String words, String... arguments) {
    Path out = folder.resolve("refused");
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    boolean writes = List.of("search", "train").contains(arguments[0]);
    if (writes && all.stream().noneMatch(argument -> argument.startsWith("--out="))) {
      all.add("--out=" + out);
    }
    Ended ended = Commands.run(all);
    assertThat(ended.code()).as(ended.err()).isEqualTo(code.code());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("espalier: ").contains(words);
    assertThat(ended.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  private static void assertDataRefused(Path data, String words) {
    assertRefused(ExitCode.BAD_DATA, words, "train", "--network=cnn", "--data=" + data);
  }

  @Test
  void aMissingFolder() {
    assertDataRefused(folder.resolve("nowhere"), "nowhere: no such folder; check the path");
  }

  @Test
  void aFolderOfSomethingElse() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("something"));
    assertDataRefused(empty, "holds no data of a known format");
  }

  @Test
  void aGzipFileCutShort() throws IOException {
    byte[] whole = gzip(images(IMAGES));
    assertDataRefused(
        data("cut", Arrays.copyOf(whole, whole.length / 2), labels(IMAGES, 10)),
        "the gzip data end too early");
  }

  @Test
  void aCorruptGzipFile() throws IOException {
    byte[] corrupt = gzip(images(IMAGES));
    Arrays.fill(corrupt, 20, corrupt.length, (byte) 0x5a);
    assertDataRefused(data("corrupt", corrupt, labels(IMAGES, 10)), "the gzip data are corrupt");
  }

  @Test
  void imagesAndLabelsOfDifferentCounts() throws IOException {
    assertDataRefused(data("counts", images(IMAGES), labels(IMAGES - 1, 10)), "holds 40 images");
  }

  @Test
  void aWrongMagicNumber() throws IOException {
    byte[] wrong = images(IMAGES);
    wrong[2] = 0x0d;
    assertDataRefused(data("magic", wrong, labels(IMAGES, 10)), "begins with 0x00000d03");
  }

  @Test
  void aLabelOutOfRange() throws IOException {
    Path data = data("range", images(IMAGES), labels(IMAGES, 10));
    Files.writeString(data.resolve("classes.txt"), "one\ntwo\nthree\n");
    assertDataRefused(data, "label 3 is 3, but labels of 3 classes are 0 to 2");
  }

  @Test
  void oneClassOnly() throws IOException {
    assertDataRefused(data("single", images(IMAGES), labels(IMAGES, 1)), "all 40 training images");
  }

  @Test
  void noImages() throws IOException {
    assertDataRefused(data("none", images(0), labels(0, 10)), "holds no images");
  }

  @Test
  void moreImagesThanThereAre() throws IOException {
    Path data = data("few", images(IMAGES), labels(IMAGES, 10));
    assertRefused(
        ExitCode.BAD_DATA,
        "it has 40 in all",
        "train",
        "--network=cnn",
        "--data=" + data,
        "--train-images=400");
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearestKnownOne() {
    assertRefused(ExitCode.USAGE, "did you mean 'darts'", "search", "--space=dart");
    assertRefused(ExitCode.USAGE, "did you mean 'nasbench201'", "search", "--space=nasbench202");
    assertRefused(ExitCode.USAGE, "did you mean 'random'", "search", "--strategy=randon");
    assertRefused(ExitCode.USAGE, "did you mean '--budget'", "search", "--buget=3epochs");
    assertRefused(ExitCode.USAGE, "did you mean 'search'", "serach");
    assertRefused(ExitCode.USAGE, "did you mean 'cpu-scalar'", "search", "--backend=cpu-skalar");
    assertRefused(ExitCode.USAGE, "did you mean 'cosine'", "search", "--schedule=cosin");
  }

  @Test
  void anArchitectureWithoutAPathFromTheImage() {
    Path out = folder.resolve("disconnected");
    List<String> none = List.of("--arch=|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");
    Ended ended =
        Commands.run(
            Commands.joined(
                List.of("train", "--batch=16", "--out=" + out), none, Commands.TINY_IMAGES));
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DIVERGED.code());
    assertThat(ended.err()).contains("has no path from the input to the output");
    assertThat(out).doesNotExist();
  }

  @Test
  void aLimitThatNoNetworkMeets() {
    assertRefused(
        ExitCode.DIVERGED,
        "search: no network of the space has fewer params than",
        "search",
        "--strategy=re",
        "--space=nasbench201",
        "--search-cells=1",
        "--max-params=10");
  }

  @Test
  void strategiesThatASpaceCannotBeSearchedWith() {
    assertRefused(
        ExitCode.USAGE,
        "--strategy darts does not apply to the space chain; use one of random,",
        "search",
        "--space=chain");
    assertRefused(
        ExitCode.USAGE,
        "--strategy nash does not apply to the space darts; use one of random,",
        "search",
        "--strategy=nash");
    assertRefused(
        ExitCode.USAGE,
        "--strategy uct does not apply to the space nasbench101; use one of random,",
        "search",
        "--space=nasbench101",
        "--strategy=uct");
    assertRefused(
        ExitCode.USAGE,
        "--tune does not apply to the space growing, whose networks change as they train",
        "search",
        "--space=growing",
        "--strategy=random",
        "--tune");
  }

  @Test
  void notationsWhoseSpaceIsToBeNamed() throws IOException {
    String chain = "2{0: {height: 1";
    assertRefused(ExitCode.BAD_DATA, "or whose space --space names", "count", "--arch=" + chain);
    assertRefused(
        ExitCode.BAD_DATA, "found the end at", "count", "--space=chain", "--arch=" + chain);
    Path file = folder.resolve("chain.txt");
    Files.writeString(file, chain);
    assertRefused(ExitCode.BAD_DATA, "name it with --space", "count", "--arch=" + file);
  }

  @Test
  void malformedValues() {
    assertRefused(ExitCode.USAGE, "expected for example 10epochs", "search", "--budget=ten");
    assertRefused(ExitCode.USAGE, "for example 32x32x3", "search", "--image-size=32");
    assertRefused(ExitCode.USAGE, "--seed", "search", "--seed=x");
    assertRefused(ExitCode.USAGE, "--threads: found 0", "search", "--threads=0");
    assertRefused(ExitCode.USAGE, "fewer than a batch of 50000", "search", "--batch=50000");
    assertRefused(ExitCode.USAGE, "label smoothing", "search", "--label-smoothing=2");
    assertRefused(ExitCode.USAGE, "--model", "evaluate");
  }

  @Test
  void aMalformedGenotype() throws IOException {
    assertRefused(
        ExitCode.BAD_DATA,
        "did you mean 'sep_conv_3x3'",
        "train",
        "--genotype=Genotype(normal=[('sep_conv_3x4', 0)");
    assertRefused(ExitCode.BAD_DATA, "found the end at 14", "count", "--arch=|nor_conv_3x3");
    Path file = folder.resolve("bad-genotype.json");
    Files.writeString(file, "{\"format\": 1, \"space\": \"darts\", \"notation\": \"Genotype(\"}");
    assertRefused(ExitCode.BAD_DATA, "'notation' cannot be read", "train", "--genotype=" + file);
    Files.writeString(file, "{\"format\": 1,");
    assertRefused(ExitCode.BAD_DATA, "bad-genotype.json", "train", "--genotype=" + file);
    assertRefused(ExitCode.BAD_DATA, "is no file, nor a notation", "train", "--genotype=nothing");
  }

  private static Path damagedModel(String name, int keep, int flip) throws IOException {
    Path damaged = Files.createDirectories(folder.resolve(name));
    Files.copy(folder.resolve("model/model.json"), damaged.resolve("model.json"));
    byte[] weights = Files.readAllBytes(folder.resolve("model/model.safetensors"));
    byte[] changed = Arrays.copyOf(weights, keep < 0 ? weights.length : keep);
    if (flip >= 0) {
      changed[flip] ^= 1;
    }
    Files.write(damaged.resolve("model.safetensors"), changed);
    return damaged;
  }

  @Test
  void aModelThatIsMissingOrDamaged() throws IOException {
    assertRefused(ExitCode.BAD_DATA, "no such file", "evaluate", "--model=" + folder.resolve("no"));
    Path cut = damagedModel("cut-model", 100, -1);
    assertRefused(ExitCode.BAD_DATA, "copy both again", "evaluate", "--model=" + cut);
    Path tampered = damagedModel("tampered-model", -1, 12);
    assertRefused(ExitCode.BAD_DATA, "copy both again", "evaluate", "--model=" + tampered);
    Path head = damagedModel("cut-head", -1, -1);
    String json = Files.readString(head.resolve("model.json"));
    Files.writeString(head.resolve("model.json"), json.substring(0, json.length() / 2));
    assertRefused(ExitCode.BAD_DATA, "model.json", "evaluate", "--model=" + head);
  }

  @Test
  void picturesThatAreMissingOrDamaged() throws IOException {
    String model = "--model=" + folder.resolve("model");
    Path text = folder.resolve("text.png");
    Files.writeString(text, "no picture", StandardCharsets.UTF_8);
    assertRefused(ExitCode.BAD_DATA, "is no PNG or JPEG", "predict", model, text.toString());
    assertRefused(ExitCode.BAD_DATA, "no such file", "predict", model, "nothing.png");
    assertRefused(
        ExitCode.USAGE, "--skip-lines: applies", "predict", model, "--skip-lines=1", "a.png");
    Path empty = Files.createDirectories(folder.resolve("no-pictures"));
    assertRefused(ExitCode.BAD_DATA, "holds no PNG or JPEG", "predict", model, empty.toString());
  }

  @Test
  void anOutputFolderThatCannotBeUsed() throws IOException {
    String network = "--network=cnn";
    Path file = Files.createFile(folder.resolve("a-file"));
    assertRefused(ExitCode.OUTPUT, "is a file", "train", network, "--out=" + file);
    assertRefused(
        ExitCode.OUTPUT,
        "cannot be written",
        "train",
        network,
        "--train-images=80",
        "--out=" + file.resolve("below"));
    assertRefused(
        ExitCode.OUTPUT,
        "continue it with --resume",
        "train",
        network,
        "--out=" + folder.resolve("model"));
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createFile(other.resolve("letter.txt"));
    assertRefused(
        ExitCode.OUTPUT, "is not empty and holds no run", "train", network, "--out=" + other);
  }

  @Test
  void nothingToResume() {
    assertRefused(
        ExitCode.BAD_DATA,
        "holds no run to resume",
        "search",
        "--resume",
        "--out=" + folder.resolve("void"));
    assertRefused(
        ExitCode.BAD_DATA,
        "go on with espalier train --resume",
        "search",
        "--resume",
        "--out=" + folder.resolve("model"));
  }

  @Test
  void aLossThatIsNoLongerANumber() {
    Path out = folder.resolve("diverged");
    Ended ended =
        Commands.run(
            Commands.tinyTraining("--lr=1e30", "--clip=0", "--budget=4epochs", "--out=" + out));
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DIVERGED.code());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).contains("a smaller learning rate may help");
  }

  /** A limit on the size of files stands for a full disk: both refuse to write. */
  @Test
  void aDiskThatFillsUpWhileARunIsWritten() throws Exception {
    Path out = folder.resolve("full");
    List<String> training = Commands.tinyTraining("--budget=2epochs", "--seed=4", "--out=" + out);
    List<String> limited = List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "limited");
    try (ChildJvm child = ChildJvm.start(limited, training)) {
      assertThat(child.exitCode()).as(child.said()).isEqualTo(ExitCode.OUTPUT.code());
      assertThat(child.said().lines()).hasSize(1);
      assertThat(child.said()).contains("cannot be written");
    }
    assertThat(out)
        .isDirectoryNotContaining("glob:**/*.partial")
        .isDirectoryNotContaining("glob:**/model.*")
        .isDirectoryNotContaining("glob:**/result.json");
    assertThat(Commands.run("train", "--resume", "--out=" + out).code()).isZero();
  }

  @Test
  void debugShowsWhereItHappened() {
    Ended ended = Commands.run("train", "--network=cnn", "--data=nowhere", "--debug");
    assertThat(ended.err()).contains("\tat espalier.");
  }
}
