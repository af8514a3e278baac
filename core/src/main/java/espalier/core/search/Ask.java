package espalier.core.search;

/** What a strategy answers when it is asked what to try next. */
public sealed interface Ask<A> {

  /** Try this candidate. */
  record Propose<A>(A candidate, Fidelity fidelity, Start start) implements Ask<A> {
    /** Estimated as thoroughly as can be, from nothing. */
    public static <A> Propose<A> whole(A candidate) {
      return new Propose<>(candidate, Fidelity.whole(), new Start.Fresh());
    }
  }

  /** Ask again after the next outcome: what comes next depends on a trial under way. */
  record Wait<A>() implements Ask<A> {}

  /** There is nothing more to try. */
  record Done<A>() implements Ask<A> {}
}
