package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@link Call.Reduce}: takes the elements of each part into chains, by compiled loops where they
 * are ready, else chunk by chunk through the expression; then joins the parts.
 */
final class Reduction {
  /*
   * The points are seen as [outer, reduced, inner]. A unit of work is one part of the reduced
   * elements for one outer element and a block of inner ones; short units that follow each other
   * are evaluated in one chunk. A unit's chains are rows at the start of the thread's memory: where
   * inner is 1 the 16 lanes, else one chain per inner element. Its results go to the output, or to
   * scratch where parts have to be joined.
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
    Plan plan = plan(call, frame);
    int each = plan.unitsPerWorker();
    frame
        .workers()
        .each(
            (plan.units + each - 1) / each,
            part -> plan.run(part * each, Math.min(plan.units, (part + 1) * each)));
    plan.join();
  }

  /** Units of work of a call: each part of the reduced elements, for each outer element in turn. */
  int units(Call.Reduce call, Frame frame) {
    return plan(call, frame).units;
  }

  /** Runs units {@code from … to − 1} on the calling thread. */
  void units(Call.Reduce call, Frame frame, int from, int to) {
    plan(call, frame).run(from, to);
  }

  /** Joins the parts when all units have run. */
  void join(Call.Reduce call, Frame frame) {
    plan(call, frame).join();
  }

  private Plan plan(Call.Reduce call, Frame frame) {
    return frame.prepared(Plan.class, () -> new Plan(call, frame));
  }

  /** How a call is cut and evaluated. */
  private final class Plan {
    private final Call.Reduce.Kind kind;
    private final List<Ref> outputs;
    private final Frame frame;
    private final ExprPlan steps;
    private final Optional<ReduceLoops> loops;
    private final Split split;
    private final int reduced;
    private final int inner;
    private final int kept;
    private final int parts;
    private final int blocks;
    private final int units;

    /** Floats from the chains of one result to those of the next. */
    private final int pitch;

    private final int loopRoom;

    Plan(Call.Reduce call, Frame frame) {
      Dims shape = call.shape();
      this.kind = call.kind();
      this.outputs = call.outputs();
      this.frame = frame;
      this.steps = new ExprPlan(shape, call.expr(), call.inputs(), List.of(), frame);
      this.split = call.split();
      this.reduced = call.reduced();
      this.inner = shape.product(call.to(), shape.rank());
      this.kept = call.kept();
      this.parts = split.parts();
      this.blocks = (inner + steps.chunk() - 1) / steps.chunk();
      this.units = shape.product(0, call.from()) * parts * blocks;
      int columns = Math.min(inner, steps.chunk());
      this.pitch = (columns + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
      this.loops =
          blocks == 1 ? ReduceLoops.of(elements.compiled(), call, frame, pitch) : Optional.empty();
      this.loopRoom = loops.map(ReduceLoops::fileSize).orElse(pitch * outputs.size());
    }

    int unitsPerWorker() {
      int points = Math.min(split.length(), reduced) * Math.min(steps.chunk(), inner);
      return Math.max(1, WORK / Math.max(1, points));
    }

    void run(int from, int to) {
      float[] own = frame.workers().packing(loopRoom + steps.fileSize());
      ExprRun run = new ExprRun(steps, elements, own, loopRoom);
      int length = parts * blocks == 1 ? reduced * inner : steps.chunk();
      int each = length == 0 ? 1 : steps.chunk() / length;
      if (each < 2) {
        runLong(run, own, from, to);
        return;
      }
      for (int u = from; u < to; u += each) {
        int count = Math.min(each, to - u);
        run.evaluate(u * length, count * length);
        for (int i = 0; i < count; i++) {
          begin(own);
          take(run, i * length, own, reduced, inner);
          end(own, u + i, 0, 0, inner);
        }
      }
    }

    private void runLong(ExprRun run, float[] own, int from, int to) {
      int points = (to - from) * Math.min(split.length(), reduced) * inner;
      boolean compiled = loops.isPresent() && loops.get().ready(points);
      int start = point(from);
      if (compiled) {
        loops.get().begin(own, start);
      }
      for (int u = from; u < to; u++) {
        int part = u / blocks % parts;
        int first = split.from(part);
        begin(own);
        if (compiled) {
          first += loops.get().take(own, start, point(u), split.to(part) - first);
        }
        unit(run, own, u / blocks / parts, part, u % blocks * steps.chunk(), first);
      }
    }

    /** The first point of a unit. */
    private int point(int unit) {
      int part = unit / blocks % parts;
      return (unit / blocks / parts * reduced + split.from(part)) * inner
          + unit % blocks * steps.chunk();
    }

    /** Takes in what is left of a unit from element {@code first} on, and ends it. */
    private void unit(ExprRun run, float[] own, int outer, int part, int k, int first) {
      int columns = Math.min(steps.chunk(), inner - k);
      int rows = columns < inner ? 1 : steps.chunk() / inner;
      for (int r = first; r < split.to(part); r += rows) {
        int n = Math.min(rows, split.to(part) - r);
        run.evaluate((outer * reduced + r) * inner + k, n * columns);
        take(run, 0, own, n, columns);
      }
      end(own, outer, part, k, columns);
    }

    private void begin(float[] own) {
      Arrays.fill(own, 0, outputs.size() * pitch, Lanes.identity(kind));
    }

    private void take(ExprRun run, int from, float[] own, int rows, int columns) {
      for (int r = 0; r < outputs.size(); r++) {
        float[] x = run.array(r);
        int x0 = run.at(r) + from;
        if (inner == 1) {
          Lanes.take(chains, kind, rows, x, x0, own, r * pitch);
        } else {
          Lanes.rows(chains, kind, rows, columns, x, x0, own, r * pitch);
        }
      }
    }

    private void end(float[] own, int outer, int part, int k, int columns) {
      for (int r = 0; r < outputs.size(); r++) {
        int at = at(r, part) + outer * inner + k;
        if (inner == 1) {
          array(r)[at] = Lanes.join(kind, own, r * pitch);
        } else {
          System.arraycopy(own, r * pitch, array(r), at, columns);
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
