package espalier.neat;

import espalier.core.neat.Genome;
import espalier.core.neat.Neat;
import espalier.core.neat.NeatSettings;
import espalier.core.neat.NeatSettings.Distance;
import espalier.core.neat.NeatSettings.Mating;
import espalier.core.neat.NeatSettings.Mutation;
import espalier.core.neat.NeatSettings.Survival;
import espalier.core.search.Estimator;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.search.ContractOn;
import espalier.search.OpeningOn;
import espalier.search.StrategyKit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** With a small population, for the kit's searches to have many generations. */
final class NeatTest implements ContractOn<Genome> {
  private static final Objective FITNESS = Objective.maximise("fitness");
  private static final NeatSettings SMALL = NeatSettings.standard().withPopulation(20);

  /** Exclusive or, for networks whose size is known and whose trials take as long as they grow. */
  private static final class SizedXor implements Estimator<Genome> {
    private final Xor xor = new Xor();

    @Override
    public Outcome estimate(Trial<Genome> trial) {
      return xor.estimate(trial);
    }

    @Override
    public Metrics known(Genome candidate) {
      return Metrics.of("connections", (double) candidate.enabled());
    }

    @Override
    public Optional<Range> range(String metric) {
      return metric.equals("connections")
          ? Optional.of(new Range(0, Integer.MAX_VALUE))
          : Optional.empty();
    }

    @Override
    public long cost(Trial<Genome> trial) {
      return trial.candidate().enabled();
    }
  }

  private static double fitness(Genome genome) {
    Trial<Genome> trial = new Trial<>(0, genome, Fidelity.whole(), new Start.Fresh());
    return FITNESS.score(new Xor().estimate(trial)).orElseThrow();
  }

  @Override
  public StrategyKit<Genome> kit() {
    return new StrategyKit<>(
        new StrategyKit.Ground<>(
            Xor.SPACE,
            new SizedXor(),
            FITNESS,
            NeatTest::fitness,
            Objective.minimise("connections"),
            4,
            800));
  }

  @Override
  public OpeningOn<Genome> opening() {
    return with(SMALL);
  }

  private static OpeningOn<Genome> with(NeatSettings settings) {
    return (trials, seed) -> new Neat(Xor.SPACE, FITNESS, settings, seed);
  }

  @Override
  public Map<String, OpeningOn<Genome>> options() {
    Map<String, OpeningOn<Genome>> options = new LinkedHashMap<>();
    options.put("population", with(SMALL.withPopulation(21)));
    options.put("excess", with(SMALL.withDistance(new Distance(3, 1, 0.4, 3))));
    options.put("disjoint", with(SMALL.withDistance(new Distance(1, 3, 0.4, 3))));
    options.put("distance of weights", with(SMALL.withDistance(new Distance(1, 1, 1, 3))));
    options.put("threshold", with(SMALL.withDistance(new Distance(1, 1, 0.4, 2))));
    Mutation mutation = SMALL.mutation();
    options.put("node", with(SMALL.withMutation(mutation.withNode(0.1))));
    options.put("link", with(SMALL.withMutation(mutation.withLink(0.1))));
    options.put("weights", with(SMALL.withMutation(mutation.withWeights(0.7))));
    options.put("fresh", with(SMALL.withMutation(mutation.withFresh(0.2))));
    options.put("power", with(SMALL.withMutation(mutation.withPower(2))));
    options.put("bound", with(SMALL.withMutation(mutation.withBound(2))));
    options.put("alone", with(SMALL.withMating(new Mating(0.5, 0.001, 0.75))));
    options.put("abroad", with(SMALL.withMating(new Mating(0.25, 0.5, 0.75))));
    options.put("disabled", with(SMALL.withMating(new Mating(0.25, 0.001, 0.1))));
    Survival survival = SMALL.survival();
    options.put("share", with(SMALL.withSurvival(survival.withShare(1))));
    options.put("champions", with(SMALL.withSurvival(survival.withChampions(2))));
    options.put("patience", with(SMALL.withSurvival(survival.withPatience(2))));
    options.put("hope", with(SMALL.withSurvival(survival.withHope(1))));
    return options;
  }

  /** Minimal networks reach 4 on average; most mutants are worse than their parents. */
  @Override
  public double lateFloor() {
    return 6;
  }
}
