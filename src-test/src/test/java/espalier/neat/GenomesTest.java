package espalier.neat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.io.DataException;
import espalier.core.neat.EvolvedNetwork;
import espalier.core.neat.Gene;
import espalier.core.neat.Genome;
import espalier.core.neat.GenomeSpace;
import espalier.core.neat.Neat;
import espalier.core.neat.NeatSettings;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.space.CandidateSpace.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GenomesTest {
  /** Inputs 0 and 1, bias 2, output 3, hidden from 4 on. */
  private static final GenomeSpace SPACE = Xor.SPACE;

  private static final GenomeSpace LOOPS = GenomeSpace.recurrent("loops", 1, 1);

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-4.9 * x));
  }

  /** Genomes that have grown, of every generation. */
  private static List<Genome> grown(GenomeSpace space) {
    Objective objective = Objective.maximise("fitness");
    NeatSettings settings = NeatSettings.standard().withPopulation(30);
    NeatSettings eager = settings.withMutation(settings.mutation().withNode(0.3).withLink(0.5));
    return new BlackBoxStudy<>(
            space,
            trial -> new Outcome.Measured(Metrics.of("fitness", (double) (trial.number() % 7))),
            Objectives.of(objective),
            Settings.charged(900))
        .run(new Neat(space, objective, eager, 5)).entries().stream()
            .map(entry -> entry.trial().candidate())
            .toList();
  }

  @Test
  void samplesConnectEverythingToEveryOutput() {
    GenomeSpace space = GenomeSpace.feedForward("two", 3, 2);
    Genome sample = space.sample(Philox.of(1, "sample"));
    assertThat(sample.genes()).hasSize(8).allMatch(Gene::enabled);
    assertThat(sample.genes().stream().map(gene -> List.of(gene.source(), gene.target())).toList())
        .containsExactly(
            List.of(0, 4),
            List.of(1, 4),
            List.of(2, 4),
            List.of(3, 4),
            List.of(0, 5),
            List.of(1, 5),
            List.of(2, 5),
            List.of(3, 5));
    assertThat(sample.genes()).allMatch(gene -> Math.abs(gene.weight()) <= 1);
    assertThat(space.size()).isEqualTo(new Size.Unbounded());
  }

  @Test
  void networksAreTheSumsAndSigmoidsOfTheirGenes() {
    Genome genome = SPACE.parse("0:0>3=0.5 1:1>3=-2.0! 2:2>3=0.25 3:1>4=1.5 4:4>3=-0.75");
    double hidden = sigmoid(1.5 * 0.3);
    assertThat(SPACE.network(genome).activate(0.7, 0.3)[0])
        .isCloseTo(sigmoid(0.5 * 0.7 + 0.25 - 0.75 * hidden), within(1e-15));
  }

  /** Node 4 hears nothing, and so node 5 does not either. */
  @Test
  void silentNodesSayNothing() {
    Genome genome = SPACE.parse("0:0>3=0.5 1:4>3=9.0 2:1>4=1.0! 3:4>5=1.0 4:5>3=7.0");
    assertThat(SPACE.network(genome).activate(1, 1)[0]).isEqualTo(sigmoid(0.5));
    assertThat(SPACE.network(new Genome(List.of())).activate(1, 1)).containsExactly(0);
  }

  @Test
  void loopsReadTheActivationBefore() {
    EvolvedNetwork network = LOOPS.network(LOOPS.parse("0:0>2=1.0 1:2>2=-0.5"));
    double first = network.activate(0.4)[0];
    assertThat(first).isEqualTo(sigmoid(0.4));
    assertThat(network.activate(0.4)[0]).isCloseTo(sigmoid(0.4 - 0.5 * first), within(1e-15));
    network.reset();
    assertThat(network.activate(0.4)[0]).isEqualTo(first);
  }

  @Test
  void grownGenomesAreOfTheirSpaceAndReadAsTheyArePrinted() {
    for (GenomeSpace space : List.of(SPACE, LOOPS)) {
      List<Genome> grown = grown(space);
      assertThat(grown).anyMatch(genome -> space.hidden(genome).size() > 3);
      assertThat(grown)
          .allSatisfy(genome -> assertThat(space.parse(space.print(genome))).isEqualTo(genome));
    }
    assertThat(grown(LOOPS))
        .anyMatch(
            genome -> genome.genes().stream().anyMatch(gene -> gene.source() == gene.target()));
  }

  /** A connection and a split that arise twice in a generation have one number each. */
  @Test
  void innovationsStandForOneConnectionEach() {
    Map<Integer, List<Integer>> ends = new LinkedHashMap<>();
    for (Genome genome : grown(SPACE)) {
      for (Gene gene : genome.genes()) {
        List<Integer> found = List.of(gene.source(), gene.target());
        assertThat(ends.computeIfAbsent(gene.innovation(), i -> found)).isEqualTo(found);
      }
    }
    assertThat(ends.size()).isGreaterThan(50);
    long shared =
        grown(SPACE).subList(30, 60).stream()
            .flatMap(genome -> genome.genes().stream())
            .filter(gene -> gene.innovation() > 2)
            .map(Gene::innovation)
            .distinct()
            .count();
    long arisen =
        grown(SPACE).subList(30, 60).stream()
            .flatMap(genome -> genome.genes().stream())
            .filter(gene -> gene.innovation() > 2)
            .count();
    assertThat(shared).isLessThan(arisen);
  }

  /** Hidden nodes and genes under other numbers. */
  private static Genome renamed(GenomeSpace space, Genome genome, long seed) {
    List<Integer> hidden = new ArrayList<>(space.hidden(genome));
    int[] nodes = Philox.of(seed, "nodes").permutation(hidden.size());
    int[] genes = Philox.of(seed, "genes").permutation(genome.genes().size());
    Gene[] renamed = new Gene[genes.length];
    for (int i = 0; i < genes.length; i++) {
      Gene gene = genome.genes().get(i);
      int source = hidden.indexOf(gene.source());
      int target = hidden.indexOf(gene.target());
      renamed[genes[i]] =
          new Gene(
              genes[i],
              source < 0 ? gene.source() : 50 + nodes[source],
              target < 0 ? gene.target() : 50 + nodes[target],
              gene.weight(),
              gene.enabled());
    }
    return new Genome(List.of(renamed));
  }

  @Test
  void theCanonicalFormForgetsNamesAndWhatIsNotHeard() {
    for (GenomeSpace space : List.of(SPACE, LOOPS)) {
      for (Genome genome : grown(space)) {
        assertThat(space.canonical(renamed(space, genome, genome.genes().size())))
            .isEqualTo(space.canonical(genome));
      }
    }
    assertThat(SPACE.canonical(SPACE.parse("0:0>3=0.5 1:1>3=1.0! 2:1>4=2.0 3:5>3=2.0")))
        .isEqualTo(SPACE.canonical(SPACE.parse("0:0>3=0.5")));
  }

  /** Whatever the canonical form takes for equal answers alike; another weight is another form. */
  @Test
  void theCanonicalFormKeepsWhatIsHeard() {
    Map<String, double[]> answers = new LinkedHashMap<>();
    for (Genome genome : grown(SPACE)) {
      EvolvedNetwork network = SPACE.network(genome);
      double[] answer = {
        network.activate(0, 1)[0], network.activate(0.3, -0.7)[0], network.activate(1, 1)[0]
      };
      double[] known = answers.computeIfAbsent(SPACE.canonical(genome), form -> answer);
      assertThat(answer).containsExactly(known, within(1e-12));
    }
    assertThat(SPACE.canonical(SPACE.parse("0:0>3=0.5 1:1>3=1.0")))
        .isNotEqualTo(SPACE.canonical(SPACE.parse("0:0>3=0.5 1:1>3=1.5")))
        .isNotEqualTo(SPACE.canonical(SPACE.parse("0:1>3=0.5 1:0>3=1.0")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0:0>3=x; innovation:source>target=weight",
        "0:0>3=1e999; a finite weight",
        "1:0>3=1.0 1:1>3=1.0; an innovation above 1",
        "0:0>2=1.0; a target from 3 on",
        "0:0>3=1.0 1:0>3=2.0; nodes that are not yet connected",
        "0:4>5=1.0 1:5>4=1.0; no cycle in a feed-forward network"
      })
  void errorsSayWhatWasExpected(String text, String wanted) {
    assertThatThrownBy(() -> SPACE.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected " + wanted);
  }
}
