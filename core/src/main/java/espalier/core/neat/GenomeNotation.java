package espalier.core.neat;

import espalier.core.io.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Genomes as text: {@code innovation:source>target=weight}, and a mark where it is disabled. */
final class GenomeNotation {
  private static final String FORM = "innovation:source>target=weight";
  private static final Pattern GENE =
      Pattern.compile("(\\d{1,9}):(\\d{1,9})>(\\d{1,9})=([-+.\\dEe]+)(!?)");

  private GenomeNotation() {}

  static String print(Genome genome) {
    return genome.genes().stream()
        .map(gene ->
            "%d:%d>%d=%s%s"
                .formatted(
                    gene.innovation(),
                    gene.source(),
                    gene.target(),
                    gene.weight(),
                    gene.enabled() ? "" : "!"))
        .collect(Collectors.joining(" "));
  }

  static Genome parse(GenomeSpace space, String text) {
    List<Gene> genes = new ArrayList<>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+", -1)) {
      Gene gene = gene(word);
      if (!genes.isEmpty() && genes.getLast().innovation() >= gene.innovation()) {
        throw error(word, "an innovation above %d".formatted(genes.getLast().innovation()));
      }
      if (!space.isComputed(gene.target())) {
        throw error(word, "a target from %d on".formatted(space.firstOutput()));
      }
      if (Reach.isDirect(gene.source(), gene.target(), genes)) {
        throw error(word, "nodes that are not yet connected");
      }
      if (!space.recurrent() && Reach.closesCycle(gene.source(), gene.target(), genes)) {
        throw error(word, "no cycle in a feed-forward network");
      }
      genes.add(gene);
    }
    return new Genome(genes);
  }

  private static Gene gene(String word) {
    Matcher matcher = GENE.matcher(word);
    if (!matcher.matches()) {
      throw error(word, FORM);
    }
    try {
      double weight = Double.parseDouble(matcher.group(4));
      if (Double.isFinite(weight)) {
        return new Gene(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            weight,
            matcher.group(5).isEmpty());
      }
    } catch (NumberFormatException malformed) {
      throw new DataException(message(word, FORM), malformed);
    }
    throw error(word, "a finite weight");
  }

  private static DataException error(String found, String wanted) {
    return new DataException(message(found, wanted));
  }

  private static String message(String found, String wanted) {
    return "genome: found '%s', expected %s".formatted(found, wanted);
  }
}
