package espalier.bench.peers;

import espalier.bench.Check;
import espalier.bench.Job;
import espalier.bench.Row;
import espalier.kernels.spi.Backend;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs ours and the peer's job of a row in turn, in one process. */
final class Contest {
  private static final double PROBE_SECONDS = 0.2;

  /** Runs of ours before the samples; the first is when everything is compiled. */
  private static final int WARM_RUNS = 2;

  private final Backend backend;
  private final Effort effort;

  Contest(Backend backend, Effort effort) {
    this.backend = backend;
    this.effort = effort;
  }

  /** Median seconds of one run, and the layout the peer was faster in. */
  record Times(double ours, double peer, Layout layout) {}

  /** Checks a row, chooses the peer's layout, and measures both. */
  Times run(Row row) {
    Check.againstReference(row, backend);
    return measure(row, fasterLayout(row.probe()));
  }

  /**
   * Compares the peer's answers in both layouts with ours and answers the layout it is faster in.
   */
  private Layout fasterLayout(Row row) {
    Map<String, float[]> answers;
    try (Job ours = row.open(backend)) {
      answers = Check.answers(ours);
    }
    Map<Layout, Double> seconds = new EnumMap<>(Layout.class);
    for (Layout layout : Layout.values()) {
      try (Job peer = Libtorch.open(row, layout)) {
        Check.equal(row, "ours", answers, Libtorch.NAME, Check.answers(peer));
        double best = Sampler.seconds(peer, 1);
        for (double spent = best; spent < PROBE_SECONDS; ) {
          double next = Sampler.seconds(peer, 1);
          spent += next;
          best = Math.min(best, next);
        }
        seconds.put(layout, best);
      }
    }
    return Collections.min(seconds.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** Rounds of both engines in turn; who begins alternates too. */
  Times measure(Row row, Layout layout) {
    try (Job ours = row.open(backend);
        Job peer = Libtorch.open(row, layout)) {
      double least = effort.warmSeconds();
      double most = effort.mostWarmSeconds();
      Sampler oursSamples = new Sampler(ours).warm(WARM_RUNS, least, most);
      // Its code and its heap are warm from the probe, so a long run counts from the first.
      Sampler peerSamples = new Sampler(peer).warm(1, least, most).countFrom(Effort.LONG_SECONDS);
      List<Sampler> order = List.of(oursSamples, peerSamples);
      double spent = 0;
      while (spent < effort.seconds() || order.stream().anyMatch(this::isWanting)) {
        for (Sampler samples : order) {
          if (spent < effort.seconds() || isWanting(samples)) {
            spent += samples.take();
          }
        }
        order = order.reversed();
      }
      return new Times(oursSamples.median(), peerSamples.median(), layout);
    }
  }

  private boolean isWanting(Sampler samples) {
    return samples.count() < effort.rounds(samples.last());
  }
}
