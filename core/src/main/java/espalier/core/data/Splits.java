package espalier.core.data;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images of a task, divided: one part to learn weights from, one to compare architectures on,
 * and perhaps a test part that only {@link #test} hands out. The same source, sizes and seed always
 * make the same parts.
 */
public final class Splits {

  /** How images are dealt to the two search parts. */
  public enum Sampling {
    /** At random. */
    SHUFFLED,
    /** At random within each class, so that both parts have the classes in the source's ratio. */
    STRATIFIED
  }

  private final List<ImageSource> given;
  private final Subset all;
  private final int trainSize;
  private final Optional<TestSplit> test;

  /**
   * @param given the sources as they came, with which test images are compared
   * @param order numbers of images in {@code source}: those to learn from, then those to compare on
   */
  private Splits(
      List<ImageSource> given,
      ImageSource source,
      int[] order,
      int trainSize,
      Optional<TestSplit> test) {
    this.given = given;
    this.all = new Subset(source, order);
    this.trainSize = trainSize;
    this.test = test;
  }

  /** Divides all images; {@code validFraction} of them, rounded, are for comparing. */
  public static Splits byFraction(
      ImageSource source, double validFraction, Sampling sampling, long seed) {
    if (!(validFraction > 0 && validFraction < 1)) {
      throw new IllegalArgumentException(
          "the validation fraction must lie between 0 and 1, found " + validFraction);
    }
    int valid = Math.clamp(Math.round(source.size() * validFraction), 1, source.size());
    return byCount(source, source.size() - valid, valid, sampling, seed);
  }

  /** Divides as many images as asked for and leaves the others out. */
  public static Splits byCount(
      ImageSource source, int train, int valid, Sampling sampling, long seed) {
    if (train < 1 || valid < 1) {
      throw new IllegalArgumentException(
          "both search splits need images, found %d for training and %d for validation"
              .formatted(train, valid));
    }
    if ((long) train + valid > source.size()) {
      throw new IllegalArgumentException(
          "%d training and %d validation images were asked for, the source has %d"
              .formatted(train, valid, source.size()));
    }
    requireTwoClasses(source);
    var random = Philox.of(seed, "split");
    int[] order = random.permutation(source.size());
    if (sampling == Sampling.STRATIFIED) {
      order = stratified(source, order, train, valid);
      random.step(1).shuffle(order, 0, train);
      random.step(2).shuffle(order, train, train + valid);
    }
    return new Splits(
        List.of(source), source, Arrays.copyOf(order, train + valid), train, Optional.empty());
  }

  /** The parts as their publisher divided them, each in a random order. */
  public static Splits given(ImageSource train, ImageSource valid, long seed) {
    requireTwoClasses(train);
    requireAlike(train, valid, "validation");
    var random = Philox.of(seed, "split");
    int[] order = IntStream.range(0, Math.addExact(train.size(), valid.size())).toArray();
    random.step(1).shuffle(order, 0, train.size());
    random.step(2).shuffle(order, train.size(), order.length);
    return new Splits(
        List.of(train, valid), new Joined(train, valid), order, train.size(), Optional.empty());
  }

  /**
   * The images to learn from, then those to compare on. Each class gives both parts its share of
   * them, to within one image; within a class the order decides who goes where.
   */
  private static int[] stratified(ImageSource source, int[] order, int train, int valid) {
    int[] all = new int[source.classNames().size()];
    for (int index : order) {
      all[source.label(index)]++;
    }
    int[] taken = shares(all, train + valid);
    int[] trained = shares(taken, train);
    int[] chosen = new int[train + valid];
    int[] seen = new int[all.length];
    int nextTrain = 0;
    int nextValid = train;
    for (int index : order) {
      int label = source.label(index);
      int position = seen[label]++;
      if (position < trained[label]) {
        chosen[nextTrain++] = index;
      } else if (position < taken[label]) {
        chosen[nextValid++] = index;
      }
    }
    return chosen;
  }

  /** Divides {@code total} in the ratio of the counts, by the method of largest remainders. */
  private static int[] shares(int[] counts, int total) {
    long sum = Arrays.stream(counts).asLongStream().sum();
    int[] shares = new int[counts.length];
    int given = 0;
    for (int c = 0; c < counts.length; c++) {
      shares[c] = (int) ((long) counts[c] * total / sum);
      given += shares[c];
    }
    IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -((long) counts[c] * total % sum)))
        .limit(total - given)
        .forEach(c -> shares[c]++);
    return shares;
  }

  /** The same search parts with a test part beside them. */
  public Splits withTest(ImageSource source) {
    given.forEach(seen -> requireAlike(seen, source, "test"));
    var last = Optional.of(new TestSplit(Subset.all(source)));
    return new Splits(given, all.source(), all.indices(), trainSize, last);
  }

  private static void requireTwoClasses(ImageSource source) {
    int first = source.label(0);
    if (IntStream.range(1, source.size()).allMatch(i -> source.label(i) == first)) {
      throw new IllegalArgumentException(
          "all %d images are of the class '%s'; there must be at least two"
              .formatted(source.size(), source.classNames().get(first)));
    }
  }

  private static void requireAlike(ImageSource seen, ImageSource other, String part) {
    if (!other.image().equals(seen.image())) {
      throw new IllegalArgumentException(
          "%s images are %s, training images %s".formatted(part, other.image(), seen.image()));
    }
    if (!other.classNames().equals(seen.classNames())) {
      throw new IllegalArgumentException(
          "%s classes are %s, training classes %s"
              .formatted(part, other.classNames(), seen.classNames()));
    }
    if (other.contentHash().equals(seen.contentHash())) {
      throw new IllegalArgumentException("the %s images are images of the search".formatted(part));
    }
  }

  /**
   * The same parts with fewer images to learn from and to compare on: the first of each, which are
   * a random sample.
   */
  public Splits first(int train, int valid) {
    int[] chosen = new int[Math.addExact(train, valid)];
    System.arraycopy(all.first(trainSize).first(train).indices(), 0, chosen, 0, train);
    Subset others = all.range(trainSize, all.indices().length).first(valid);
    System.arraycopy(others.indices(), 0, chosen, train, valid);
    return new Splits(given, all.source(), chosen, train, test);
  }

  /** What a search may see. */
  public SearchData search() {
    return new SearchData(train(), valid());
  }

  public TrainSplit train() {
    return new TrainSplit(all.range(0, trainSize));
  }

  public ValidSplit valid() {
    return new ValidSplit(all.range(trainSize, all.indices().length));
  }

  /** The images of both search parts, for the final training of an architecture already chosen. */
  public TrainSplit retraining() {
    return new TrainSplit(all);
  }

  /** The images a finished model is measured on, if the task has some. */
  public Optional<TestSplit> test() {
    return test;
  }
}
