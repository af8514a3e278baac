package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import espalier.core.io.DataException;
import espalier.core.space.Cell;
import espalier.core.space.DartsOperation;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.GenotypeNotation;
import espalier.core.space.Nb201Space;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both communities' notations are read, written and, where malformed, refused with the place. */
final class GenotypeNotationTest {
  private static final DartsSpace DARTS = DartsSpace.cifar();
  private static final Nb201Space NB201 = Nb201Space.standard();

  @Provide
  Arbitrary<Genotype> genotypes() {
    return Combinators.combine(cells(), cells()).as(Genotype::new);
  }

  private static Arbitrary<Cell> cells() {
    return Arbitraries.integers()
        .between(1, 7)
        .flatMap(count -> {
          List<Arbitrary<List<Cell.Edge>>> nodes = new ArrayList<>();
          for (int node = 0; node < count; node++) {
            nodes.add(edges(node + 2).list().ofSize(2));
          }
          Arbitrary<List<Integer>> outputs =
              Arbitraries.integers().between(0, count + 1).list().ofMinSize(1).ofMaxSize(8);
          return Combinators.combine(Combinators.combine(nodes).as(n -> n), outputs)
              .as((n, o) -> new Cell(2, n, o));
        });
  }

  private static Arbitrary<Cell.Edge> edges(int states) {
    return Combinators.combine(
            Arbitraries.integers().between(0, states - 1), Arbitraries.of(DartsOperation.values()))
        .as(Cell.Edge::new);
  }

  @Property(seed = "31")
  void genotypesReadAsTheyWereWritten(@ForAll("genotypes") Genotype genotype) {
    String text = GenotypeNotation.print(genotype);
    assertThat(GenotypeNotation.parse(text)).isEqualTo(genotype);
    String spaced = text.replace(" ", "").replaceAll("([(\\[,=)\\]])", " $1\n ");
    assertThat(GenotypeNotation.parse(spaced.replace('\'', '"'))).isEqualTo(genotype);
  }

  @Property(seed = "32")
  void cellsOfNasBench201ReadAsTheyWereWritten(@ForAll @IntRange(max = 15_624) int index) {
    Cell cell = NB201.at(index);
    assertThat(NB201.parse(NB201.print(cell))).isEqualTo(cell);
    assertThat(NB201.indexOf(cell)).isEqualTo(index);
  }

  @Test
  void genotypesAreWrittenAsTheAuthorsCodePrintsThem() {
    assertThat(GenotypeNotation.print(PublishedGenotypes.PC_DARTS))
        .isEqualTo(PublishedGenotypes.PC_DARTS_TEXT);
    assertThat(GenotypeNotation.print(PublishedGenotypes.DARTS_V2))
        .isEqualTo(PublishedGenotypes.DARTS_V2_TEXT.replace("[2, 3, 4, 5]", "range(2, 6)"));
    assertThat(PublishedGenotypes.DARTS_V2.normal().nodes().get(3))
        .containsExactly(
            new Cell.Edge(0, DartsOperation.SKIP_CONNECT),
            new Cell.Edge(2, DartsOperation.DIL_CONV_3X3));
    assertThat(PublishedGenotypes.NASNET.reduce().outputs()).containsExactly(4, 5, 6);
  }

  @Test
  void theFourPartsMayStandInAnyOrder() {
    assertThat(
            GenotypeNotation.parse(
                "Genotype(reduce_concat=[2], reduce=[('none', 0), ('none', 1),],"
                    + " normal_concat=range(2, 3), normal=[('sep_conv_7x7', 0), ('none', 1)],)"))
        .isEqualTo(new Genotype(cell(DartsOperation.SEP_CONV_7X7), cell(DartsOperation.NONE)));
  }

  private static Cell cell(DartsOperation first) {
    return new Cell(
        2,
        List.of(List.of(new Cell.Edge(0, first), new Cell.Edge(1, DartsOperation.NONE))),
        List.of(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "Genotyp(@ genotype: found 'G' at 1, expected 'Genotype'",
        "Genotype(normal=[('sep_conv_3x3', 2)@ genotype: found '2' at 35, expected a state before"
            + " node 2, from 0 to 1",
        "Genotype(normal=[('sep_conv_3x3', 0)]@ genotype: found ']' at 37, expected ','",
        "Genotype(normal=[('sep_conv3x3', 0)@ genotype: unknown operation 'sep_conv3x3' at 20; did"
            + " you mean 'sep_conv_3x3'?",
        "Genotype(norm=@ genotype: found 'n' at 10, expected normal or normal_concat or reduce or"
            + " reduce_concat",
        "Genotype(normal_concat=2@ genotype: found '2' at 24, expected range(…) or [",
        "Genotype(normal_concat=range(4, 4)@ genotype: found '4' at 33, expected the end of a range"
            + " from 5 to 1002",
        "Genotype(normal_concat=[2], normal_concat@ genotype: found 'n' at 29, expected normal or"
            + " reduce or reduce_concat",
        "Genotype(@ genotype: found the end at 10, expected normal or normal_concat or reduce or"
            + " reduce_concat",
      })
  void malformedGenotypesAreRefused(String text, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> GenotypeNotation.parse(text))
        .withMessage(message);
  }

  @Test
  void statesThatAreNotThereCannotBeConcatenated() {
    String text = PublishedGenotypes.DARTS_V2_TEXT.replace("reduce_concat=[2, 3, 4, 5]", "%s");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> GenotypeNotation.parse(text.formatted("reduce_concat=[2, 6]")))
        .withMessage("genotype: reduce_concat names state 6, expected 0 to 5");
  }

  @Test
  void theSpaceRefusesGenotypesItDoesNotHave() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DARTS.parse(PublishedGenotypes.NASNET_TEXT))
        .withMessage(
            "genotype: in the space darts, the normal cell has 2 inputs and 5 nodes, expected 2"
                + " and 4");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() ->
            DARTS.parse(
                PublishedGenotypes.DARTS_V2_TEXT.replace(
                    "('max_pool_3x3', 0), ('skip_connect', 2)",
                    "('skip_connect', 2), ('skip_connect', 2)")))
        .withMessage(
            "genotype: in the space darts, the reduce cell has two edges from 2 to 4, expected"
                + " one");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() ->
            DARTS.parse(
                PublishedGenotypes.DARTS_V2_TEXT
                    .replace("dil", "sep")
                    .replace("sep_conv_3x3', 2", "none', 2")))
        .withMessageContaining("the normal cell has the operation none, expected one of max_pool");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "|none~0|+|none~0|@ architecture: found the end at 18, expected the name of an operation",
        "|none~1|@ architecture: found '1' at 7, expected the state 0",
        "none~0@ architecture: found 'n' at 1, expected '|'",
        "|nor_conv_3x4~0|@ architecture: unknown operation 'nor_conv_3x4' at 2; did you mean"
            + " 'nor_conv_3x3'?",
      })
  void malformedCellsOfNasBench201AreRefused(String text, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> NB201.parse(text))
        .withMessage(message);
  }

  @Test
  void nothingMayFollowACell() {
    String all = NB201.print(NB201.at(0));
    assertThat(NB201.parse(" " + all.replace("|", " | ") + "\n")).isEqualTo(NB201.at(0));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> NB201.parse(all + "+"))
        .withMessageEndingWith("expected the end");
  }
}
