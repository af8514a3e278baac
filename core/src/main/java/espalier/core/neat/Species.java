package espalier.core.neat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Genomes that are alike. */
final class Species {
  /** A genome that was measured. */
  record Member(Genome genome, double fitness) {}

  private final List<Member> members = new ArrayList<>();
  private Genome representative;
  private double best = Double.NEGATIVE_INFINITY;
  private int improved;

  /** A species that begins with a genome. */
  Species(Genome first) {
    representative = first;
  }

  /** Whether a genome belongs here. */
  boolean isLike(Genome genome, NeatSettings.Distance distance) {
    return Alignment.distance(representative, genome, distance) < distance.threshold();
  }

  void add(Member member) {
    members.add(member);
  }

  /** Ranks the members and notes whether there is a better one than ever. */
  void rank(int generation) {
    members.sort(Comparator.comparingDouble(Member::fitness).reversed());
    if (champion().fitness() > best) {
      best = champion().fitness();
      improved = generation;
    }
  }

  /** How long there has been no better one. */
  int stagnation(int generation) {
    return generation - improved;
  }

  /** The members; the best first once they are ranked. */
  List<Member> members() {
    return members;
  }

  Member champion() {
    return members.getFirst();
  }

  /** The best, at least one of them. */
  List<Member> parents(double share) {
    return members.subList(0, Math.max(1, (int) Math.ceil(share * members.size())));
  }

  /** Leaves the place to another generation, which is compared with one of this. */
  void renew(int drawn) {
    representative = members.get(drawn).genome();
    members.clear();
  }
}
