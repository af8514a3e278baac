package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Split;
import java.util.Arrays;
import java.util.List;

/** {@link Call.Reduce}: evaluates the expression in chunks and takes each chunk into its chains. */
final class Reduction {
  /*
   * The points are seen as [outer, reduced, inner]. A unit of work is one part of the reduced
   * elements for one outer element and a block of inner ones; short units that follow each other
   * are evaluated in one chunk. Where inner is 1 the chains are the 16 lanes, else they run in the
   * output itself, or in scratch where parts have to be joined.
   */

  /** Points that make a job for one worker. */
  private static final int WORK = 1 << 15;

  private final ElementLoops elements;
  private final ChainLoops chains;

  Reduction(ElementLoops elements, ChainLoops chains) {
    this.elements = elements;
    this.chains = chains;
  }

  void run(Call.Reduce call, Frame frame) {
    Job job = new Job(call, frame);
    Workers workers = frame.workers();
    int each = job.unitsPerWorker();
    int laneRoom = Lanes.COUNT * call.outputs().size();
    workers.each(
        (job.units + each - 1) / each,
        part -> {
          float[] room = workers.packing(laneRoom + job.plan.fileSize());
          ExprRun run = new ExprRun(job.plan, elements, room, laneRoom);
          job.run(run, room, part * each, Math.min(job.units, (part + 1) * each));
        });
    job.join();
  }

  private final class Job {
    private final Call.Reduce.Kind kind;
    private final List<Ref> outputs;
    private final Frame frame;
    private final ExprPlan plan;
    private final Split split;
    private final int reduced;
    private final int inner;
    private final int kept;
    private final int parts;
    private final int blocks;
    private final int units;

    Job(Call.Reduce call, Frame frame) {
      Dims shape = call.shape();
      this.kind = call.kind();
      this.outputs = call.outputs();
      this.frame = frame;
      this.plan =
          frame.prepared(
              ExprPlan.class,
              () -> new ExprPlan(shape, call.expr(), call.inputs(), List.of(), frame));
      this.split = call.split();
      this.reduced = call.reduced();
      this.inner = shape.product(call.to(), shape.rank());
      this.kept = call.kept();
      this.parts = split.parts();
      this.blocks = (inner + plan.chunk() - 1) / plan.chunk();
      this.units = shape.product(0, call.from()) * parts * blocks;
    }

    int unitsPerWorker() {
      int points = Math.min(split.length(), reduced) * Math.min(plan.chunk(), inner);
      return Math.max(1, WORK / Math.max(1, points));
    }

    void run(ExprRun run, float[] lanes, int from, int to) {
      int length = parts * blocks == 1 ? reduced * inner : plan.chunk();
      int each = length == 0 ? 1 : plan.chunk() / length;
      if (each < 2) {
        for (int u = from; u < to; u++) {
          unit(run, lanes, u / blocks / parts, u / blocks % parts, u % blocks * plan.chunk());
        }
        return;
      }
      for (int u = from; u < to; u += each) {
        int count = Math.min(each, to - u);
        run.evaluate(u * length, count * length);
        for (int i = 0; i < count; i++) {
          begin(lanes, u + i, 0, 0, inner);
          take(run, i * length, lanes, reduced, u + i, 0, 0, inner);
          end(lanes, u + i, 0);
        }
      }
    }

    private void unit(ExprRun run, float[] lanes, int outer, int part, int k) {
      int columns = Math.min(plan.chunk(), inner - k);
      int rows = columns < inner ? 1 : plan.chunk() / inner;
      begin(lanes, outer, part, k, columns);
      for (int r = split.from(part); r < split.to(part); r += rows) {
        int n = Math.min(rows, split.to(part) - r);
        run.evaluate((outer * reduced + r) * inner + k, n * columns);
        take(run, 0, lanes, n, outer, part, k, columns);
      }
      end(lanes, outer, part);
    }

    private void begin(float[] lanes, int outer, int part, int k, int columns) {
      for (int r = 0; r < outputs.size(); r++) {
        if (inner == 1) {
          Lanes.begin(kind, lanes, r * Lanes.COUNT);
        } else {
          int at = at(r, part) + outer * inner + k;
          Arrays.fill(array(r), at, at + columns, Lanes.identity(kind));
        }
      }
    }

    private void take(
        ExprRun run, int from, float[] lanes, int rows, int outer, int part, int k, int columns) {
      for (int r = 0; r < outputs.size(); r++) {
        float[] x = run.array(r);
        int x0 = run.at(r) + from;
        if (inner == 1) {
          Lanes.take(chains, kind, rows, x, x0, lanes, r * Lanes.COUNT);
        } else {
          int at = at(r, part) + outer * inner + k;
          Lanes.rows(chains, kind, rows, columns, x, x0, array(r), at);
        }
      }
    }

    private void end(float[] lanes, int outer, int part) {
      if (inner == 1) {
        for (int r = 0; r < outputs.size(); r++) {
          array(r)[at(r, part) + outer] = Lanes.join(kind, lanes, r * Lanes.COUNT);
        }
      }
    }

    /** Joins the parts and moves the whole to the outputs. */
    void join() {
      if (parts == 1) {
        return;
      }
      for (int r = 0; r < outputs.size(); r++) {
        float[] x = array(r);
        int first = at(r, 0);
        split.joinInto((into, from) ->
            Lanes.rows(chains, kind, 1, kept, x, first + from * kept, x, first + into * kept));
        Ref output = outputs.get(r);
        System.arraycopy(x, first, frame.array(output), frame.at(output), kept);
      }
    }

    /** The array in which part results of output {@code r} lie. */
    private float[] array(int r) {
      return parts == 1 ? frame.array(outputs.get(r)) : frame.scratchArray();
    }

    private int at(int r, int part) {
      return parts == 1 ? frame.at(outputs.get(r)) : frame.scratchAt() + (r * parts + part) * kept;
    }
  }
}
