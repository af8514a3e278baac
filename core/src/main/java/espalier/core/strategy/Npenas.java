package espalier.core.strategy;

import espalier.core.predict.Fit;
import espalier.core.predict.GraphConvolution;
import espalier.core.predict.Predictor;
import espalier.core.predict.UncertainFit.Prediction;
import espalier.core.predict.UncertainPredictor;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Neighbourly;
import java.util.function.Function;

/**
 * Evolution whose children a network over graphs selects: of many mutants of the best architectures
 * those it expects most of are tried [Wei, Niu, Tang, Wang, Hu, Liang: NPENAS, 2020, the variant
 * NP]. The network convolves as that of Wen et al. [2020] does; the paper's is a graph isomorphism
 * network.
 */
public final class Npenas<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param initial measured trials, drawn uniformly, before there is a network
   * @param round trials that one fit of the network chooses
   * @param candidates wanted for a round: mutants of the best trial, then of the next
   * @param parents how many trials may have mutants at most
   * @param layers of convolution
   * @param width of every layer
   * @param epochs passes over the trials
   * @param rate of Adam's first step
   */
  public record Settings(
      int initial,
      int round,
      int candidates,
      int parents,
      int layers,
      int width,
      int epochs,
      double rate) {
    public Settings {
      if (initial < 1 || round < 1 || candidates < 1 || parents < 1) {
        throw new IllegalArgumentException(
            "npenas: %d initial trials, rounds of %d of %d candidates, %d parents, expected 1 or more of each"
                .formatted(initial, round, candidates, parents));
      }
    }

    /**
     * 10 trials, then rounds of 10 of 100 mutants of at most 50; three layers of 32, 300 epochs at
     * 0.005, as the authors' own programs have it.
     */
    public static Settings standard() {
      return new Settings(10, 10, 100, 50, 3, 32, 300, 0.005);
    }

    private GraphConvolution network(long seed) {
      return new GraphConvolution(layers, width, epochs, rate, seed);
    }
  }

  private final PredictorRounds<A> rounds;

  /**
   * A search that is still to be begun.
   *
   * @param graph what the network sees of an architecture
   */
  public Npenas(
      Neighbourly<A> space,
      Function<A, LabelledGraph> graph,
      Objective objective,
      Settings settings,
      long seed) {
    this.rounds =
        new PredictorRounds<>(
            space,
            objective,
            round -> sure(settings.network(round).on(graph)),
            Candidates.mutantsOfTheBest(space, settings.candidates(), settings.parents()),
            new PredictorRounds.Sizes(settings.initial(), settings.round()),
            seed);
  }

  /** A predictor without doubts: of the drawn scores the expected ones are left. */
  private static <A> UncertainPredictor<A> sure(Predictor<A> predictor) {
    return (inputs, targets) -> {
      Fit<A> fit = predictor.fit(inputs, targets);
      return input -> new Prediction(fit.mean(input), 0);
    };
  }

  @Override
  public Ask<A> ask(long trial) {
    return rounds.ask(trial);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    rounds.tell(trial, outcome);
  }
}
