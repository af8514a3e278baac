package espalier.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.recurrent.GruCell;
import espalier.core.recurrent.HighwayCell;
import espalier.core.recurrent.LstmCell;
import espalier.core.recurrent.RecurrentCell;
import espalier.core.recurrent.RecurrentNotation;
import espalier.core.recurrent.VanillaCell;
import espalier.core.recurrent.VariationalDropout;
import espalier.core.recurrent.WordNetwork;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Trainer;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The language model around a cell. */
final class WordNetworkTest {
  private static final int WORDS = 7;
  private static final int TEXTS = 2;
  private static final int WIDTH = 3;
  private static final WordNetwork.Settings PLAIN =
      new WordNetwork.Settings(WIDTH, VariationalDropout.none());
  private static final List<RecurrentCell> FAMILY =
      List.of(
          new VanillaCell(),
          new LstmCell(),
          new GruCell(),
          new HighwayCell(RecurrentNotation.parse(PublishedCells.DARTS_V2)));

  /** Two texts of six words, one after the other. */
  private static final int[] TEXT = {1, 5, 2, 0, 6, 3, 4, 4, 0, 2, 5, 1};

  /** A network on windows of as many words, in a session that has its variables. */
  private static final class Window {
    private final Session session;
    private final Graph graph = new Graph();
    private final Scope scope;
    private final Tensor logits;
    private final Tensor loss;

    Window(Session session, WordNetwork network, int steps, Scope.Mode mode) {
      this.session = session;
      scope = Scope.root(graph, mode);
      logits = network.build(scope, graph.feed("words", DType.I32, Shape.of(TEXTS, steps))).main();
      Tensor targets = graph.feed("targets", DType.I32, Shape.of(TEXTS, steps));
      loss = CrossEntropy.plain().loss(logits, targets);
      for (var variable : scope.parameters().values()) {
        if (!session.variables().containsKey(variable.name())) {
          float[] values =
              new Initializer.Uniform(variable.trainable() ? 0.8 : 0)
                  .values(variable.shape(), variable.name(), 4);
          session.declare(variable.name(), variable.shape(), HostData.of(values));
        }
      }
    }

    Values run(int[] words, double carried, long step, Tensor... results) {
      var executable = session.compile(new Computation(graph, List.of(results), scope.updates()));
      Map<String, HostData> feeds = new LinkedHashMap<>();
      feeds.put("words", HostData.of(words));
      feeds.put("targets", HostData.of(IntStream.of(words).map(w -> (w + 3) % WORDS).toArray()));
      feeds.put(WordNetwork.CARRIED, HostData.of(new double[] {carried}));
      feeds.put(Scope.RANDOM_KEY, Trainer.randomKey(1, step));
      feeds.keySet().retainAll(graph.feeds().keySet());
      return session.run(executable, feeds);
    }
  }

  private static Backend reference() {
    return Backends.open("reference", BackendOptions.threads(1));
  }

  private static long parameters(RecurrentCell cell, int words, int width) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    new WordNetwork(cell, words, new WordNetwork.Settings(width, VariationalDropout.none()))
        .build(scope, graph.feed("words", DType.I32, Shape.of(1, 1)));
    return scope.parameterCount();
  }

  @Test
  void parametersOfThePublishedNetworkAreThosePublished() {
    for (String text : List.of(PublishedCells.DARTS_V1, PublishedCells.DARTS_V2)) {
      assertThat(parameters(new HighwayCell(RecurrentNotation.parse(text)), 10_000, 850))
          .isEqualTo(22_960_000);
    }
  }

  @Test
  void parametersOfTheFamilyAreThoseOfItsFormulas() {
    long e = 37;
    long rest = 1003 * e + 1003;
    assertThat(parameters(new VanillaCell(), 1003, 37)).isEqualTo(rest + 2 * e * e + e);
    assertThat(parameters(new LstmCell(), 1003, 37)).isEqualTo(rest + 4 * (2 * e * e + e));
    assertThat(parameters(new GruCell(), 1003, 37)).isEqualTo(rest + 3 * (2 * e * e + e));
    RecurrentCell enas = new HighwayCell(RecurrentNotation.parse(PublishedCells.ENAS));
    assertThat(parameters(enas, 1003, 37)).isEqualTo(rest + 2 * e * 2 * e + 11 * e * 2 * e);
  }

  @Test
  void aTextInTwoWindowsIsReadLikeTheTextInOne() {
    for (RecurrentCell cell : FAMILY) {
      try (Backend backend = reference();
          Session session = new Session(backend)) {
        WordNetwork network = new WordNetwork(cell, WORDS, PLAIN);
        Window whole = new Window(session, network, 6, Scope.Mode.INFERENCE);
        Window half = new Window(session, network, 3, Scope.Mode.INFERENCE);
        double[] once = whole.run(TEXT, 0, 0, whole.logits).doubles(0);
        double[] first = half.run(new int[] {1, 5, 2, 4, 4, 0}, 0, 0, half.logits).doubles(0);
        double[] second = half.run(new int[] {0, 6, 3, 2, 5, 1}, 1, 0, half.logits).doubles(0);
        double[] forgotten = half.run(new int[] {0, 6, 3, 2, 5, 1}, 0, 0, half.logits).doubles(0);
        for (int text = 0; text < TEXTS; text++) {
          int half0 = text * 3 * WORDS;
          double[] pieces = Arrays.copyOf(Arrays.copyOfRange(first, half0, half0 + 21), 42);
          System.arraycopy(second, half0, pieces, 21, 21);
          assertThat(Arrays.copyOfRange(once, 2 * half0, 2 * half0 + 42))
              .as("%s", cell)
              .containsExactly(pieces, within(1e-12));
        }
        assertThat(Arrays.copyOf(forgotten, WORDS)).isNotEqualTo(Arrays.copyOf(second, WORDS));
      }
    }
  }

  /** Words follow each other: what comes later must not show in what was told before. */
  @Test
  void noWordIsSeenBeforeItWasTold() {
    try (Backend backend = reference();
        Session session = new Session(backend)) {
      WordNetwork network = new WordNetwork(new GruCell(), WORDS, PLAIN);
      Window window = new Window(session, network, 6, Scope.Mode.INFERENCE);
      double[] before = window.run(TEXT, 0, 0, window.logits).doubles(0);
      int[] changed = TEXT.clone();
      changed[4] = 0;
      double[] after = window.run(changed, 0, 0, window.logits).doubles(0);
      assertThat(Arrays.copyOf(after, 4 * WORDS)).isEqualTo(Arrays.copyOf(before, 4 * WORDS));
      assertThat(Arrays.copyOfRange(after, 6 * WORDS, 12 * WORDS))
          .isEqualTo(Arrays.copyOfRange(before, 6 * WORDS, 12 * WORDS));
      assertThat(Arrays.copyOfRange(after, 4 * WORDS, 6 * WORDS))
          .isNotEqualTo(Arrays.copyOfRange(before, 4 * WORDS, 6 * WORDS));
    }
  }

  /** Errors of central differences of a loss of order 1 are some 1e-9 at this step. */
  @Test
  void gradientsThroughTimeAgreeWithCentralDifferences() {
    double step = 0x1p-15;
    for (RecurrentCell cell : FAMILY) {
      try (Backend backend = reference();
          Session session = new Session(backend)) {
        WordNetwork network = new WordNetwork(cell, WORDS, PLAIN);
        Window window = new Window(session, network, 6, Scope.Mode.TRAINING);
        for (var parameter : window.scope.parameters().values()) {
          if (!parameter.trainable()) {
            continue;
          }
          String name = parameter.name();
          Tensor variable = window.graph.variable(name, parameter.shape());
          Tensor gradient = Gradients.of(window.loss, List.of(variable)).getFirst();
          double[] found = window.run(TEXT, 0, 0, gradient).doubles(0);
          double[] values = session.readDoubles(name);
          int most = Math.min(values.length, 9);
          for (int i = 0; i < most; i++) {
            int at = i * (values.length / most);
            double[] moved = values.clone();
            moved[at] = values[at] + step;
            session.write(name, HostData.of(moved));
            double above = window.run(TEXT, 0, 0, window.loss).scalar(0);
            moved[at] = values[at] - step;
            session.write(name, HostData.of(moved));
            double below = window.run(TEXT, 0, 0, window.loss).scalar(0);
            session.write(name, HostData.of(values));
            assertThat(found[at])
                .as("%s, %s", cell, name)
                .isCloseTo((above - below) / (2 * step), within(1e-8));
          }
        }
      }
    }
  }

  @Test
  void masksAreTheSameAtAllStepsOfAWindowAndOthersInTheNext() {
    List<VariationalDropout> kinds =
        List.of(
            new VariationalDropout(0.5, 0, 0, 0, 0),
            new VariationalDropout(0, 0.5, 0, 0, 0),
            new VariationalDropout(0, 0, 0.4, 0, 0),
            new VariationalDropout(0, 0, 0, 0.5, 0),
            new VariationalDropout(0, 0, 0, 0, 0.5));
    List<double[]> all = new ArrayList<>();
    for (VariationalDropout dropout : kinds) {
      try (Backend backend = reference();
          Session session = new Session(backend)) {
        WordNetwork network =
            new WordNetwork(new VanillaCell(), WORDS, new WordNetwork.Settings(16, dropout));
        Window training = new Window(session, network, 6, Scope.Mode.TRAINING);
        Window inference = new Window(session, network, 6, Scope.Mode.INFERENCE);
        double[] once = training.run(TEXT, 0, 3, training.logits).doubles(0);
        assertThat(training.run(TEXT, 0, 3, training.logits).doubles(0)).isEqualTo(once);
        assertThat(training.run(TEXT, 0, 4, training.logits).doubles(0)).isNotEqualTo(once);
        double[] whole = inference.run(TEXT, 0, 3, inference.logits).doubles(0);
        assertThat(inference.run(TEXT, 0, 4, inference.logits).doubles(0)).isEqualTo(whole);
        assertThat(whole).isNotEqualTo(once);
        all.add(once);
        // Without a state the same word tells the same at every step, so it does under one mask.
        float[] u = session.read("cell.state_weight");
        session.write("cell.state_weight", HostData.of(new float[u.length]));
        int[] same = new int[TEXT.length];
        Arrays.fill(same, 5);
        double[] repeated = training.run(same, 0, 3, training.logits).doubles(0);
        for (int t = 1; t < 6; t++) {
          assertThat(Arrays.copyOfRange(repeated, t * WORDS, (t + 1) * WORDS))
              .isEqualTo(Arrays.copyOf(repeated, WORDS));
        }
      }
    }
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(all.get(i)).isNotEqualTo(all.get(j));
      }
    }
  }

  @Test
  void wordsInOneRowAreRefused() {
    Graph graph = new Graph();
    WordNetwork network = new WordNetwork(new VanillaCell(), WORDS, PLAIN);
    assertThatThrownBy(() ->
            network.build(
                Scope.root(graph, Scope.Mode.INFERENCE),
                graph.feed("words", DType.I32, Shape.of(4))))
        .hasMessage("language model: words are [4], expected [N, T]");
  }

  @Test
  void probabilitiesThatLeaveNothingAreRefused() {
    assertThatThrownBy(() -> new VariationalDropout(0, 0, 1, 0, 0))
        .hasMessage("variational dropout: found 1.0, expected at least 0 and less than 1");
  }
}
