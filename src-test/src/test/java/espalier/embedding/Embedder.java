package espalier.embedding;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.Image;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Model;
import espalier.core.space.DartsSpace;
import espalier.core.study.Budget;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program that knows core and kernels only: it searches and trains on arrays in memory, opens
 * several models, and prints what classified and which threads are left.
 */
public final class Embedder {
  private static final int IMAGES = 256;
  private static final int SIDE = 8;

  private Embedder() {}

  /** Saves the model into the folder {@code arguments[0]}. */
  public static void main(String[] arguments) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Path folder = Path.of(arguments[0]);
    Budget brief = new Budget.Steps(2);
    try (var result =
        SearchStudy.of(DartsSpace.of(2, 3, 2, 3), SearchMethod.darts(), images(), 7)
            .withBudgets(brief, brief)
            .run()) {
      System.out.println(result.provenance().backend());
      result.model().save(folder);
    }
    Image dark = Image.grey(SIDE, SIDE, new byte[SIDE * SIDE]);
    try (Model first = Model.load(folder);
        Model second = Model.load(folder)) {
      System.out.println(first.classify(dark).equals(second.classify(dark)));
    }
    Set<Thread> left = new TreeSet<>((a, b) -> Long.compare(a.threadId(), b.threadId()));
    left.addAll(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    System.out.println(left);
  }

  /** Every second image is dark, the others are bright. */
  private static Splits images() {
    byte[] pixels = new byte[IMAGES * SIDE * SIDE];
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 2;
      Arrays.fill(pixels, i * SIDE * SIDE, (i + 1) * SIDE * SIDE, (byte) (100 * labels[i] + i % 9));
    }
    Dataset all =
        Dataset.of(new ImageSpec(SIDE, SIDE, 1), pixels, labels, List.of("dark", "bright"));
    return Splits.byFraction(all, 0.5, Splits.Sampling.STRATIFIED, 7);
  }
}
