package espalier.bench.peers;

import espalier.bench.Check;
import espalier.bench.Job;
import espalier.bench.Row;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs ours and the peer's job of a row in turn, in one process. */
final class Contest {
  private static final double SAMPLE_SECONDS = 0.01;
  private static final int PROBES = 3;

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
   * Compares both engines' answers in both layouts and answers the layout the peer is faster in.
   */
  private Layout fasterLayout(Row row) {
    Map<Layout, Double> seconds = new EnumMap<>(Layout.class);
    for (Layout layout : Layout.values()) {
      try (Job ours = row.open(backend);
          Job peer = Libtorch.open(row, layout)) {
        Check.equal(row, "ours", ours, Libtorch.NAME, peer);
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < PROBES; i++) {
          best = Math.min(best, seconds(peer, 1));
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
      int oursPerSample = warm(ours);
      int peerPerSample = warm(peer);
      List<Double> oursSeconds = new ArrayList<>();
      List<Double> peerSeconds = new ArrayList<>();
      double spent = 0;
      for (int round = 0; round < effort.rounds() || spent < effort.seconds(); round++) {
        long start = System.nanoTime();
        if (round % 2 == 0) {
          oursSeconds.add(seconds(ours, oursPerSample));
          peerSeconds.add(seconds(peer, peerPerSample));
        } else {
          peerSeconds.add(seconds(peer, peerPerSample));
          oursSeconds.add(seconds(ours, oursPerSample));
        }
        spent += (System.nanoTime() - start) / 1e9;
      }
      return new Times(median(oursSeconds), median(peerSeconds), layout);
    }
  }

  /** Runs a job for a while and answers how many runs make a sample that a clock can time. */
  private int warm(Job job) {
    double last = seconds(job, 1);
    for (double spent = last; spent < effort.warmSeconds(); spent += last) {
      last = seconds(job, 1);
    }
    return Math.max(1, (int) Math.ceil(SAMPLE_SECONDS / last));
  }

  private static double seconds(Job job, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      job.run();
    }
    return (System.nanoTime() - start) / 1e9 / runs;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
