package espalier.kernels.cpu;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.ImageCut;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Steps that are run piece by piece: some images go through all of them before the next do, so that
 * what one step writes is still in a cache when the next reads it. Pieces go to the workers.
 *
 * <p>A buffer that only these steps use needs no place for every image. Each thread writes its
 * pieces to one place, which stays in its cache and never travels to memory.
 */
final class ChainRun implements Binding.Stage {
  /** Floats of a piece in its largest buffer: enough to be worth the calls. */
  private static final int SMALLEST_PIECE = 1 << 14;

  /** Floats beyond which a piece's buffers do not stay in a cache of their own. */
  private static final int LARGEST_PIECE = 1 << 18;

  private final Layout home;
  private final Workers workers;
  private final List<Link> links;
  private final List<Moving> moving;
  private final List<Ref> shared;
  private final int images;
  private final int perPiece;
  private final float[] arena;
  private final List<Binding.Seat> seats;

  /** A buffer that has elements of its own for each image. */
  private record Moving(Ref ref, int start, int perImage, boolean local) {}

  /**
   * One step.
   *
   * @param piece the call over a piece, over a part of its sum where it sums
   * @param rest the call over the images that remain
   */
  private record Link(Call call, ImageCut cut, Piece piece, Piece rest, int scratchAt) {}

  /** A call over some images, and how each thread sees it. */
  private record Piece(Call call, List<Frame> frames) {
    static Piece of(Call call, List<Binding.Seat> seats, Workers workers) {
      return new Piece(
          call,
          seats.stream()
              .map(seat -> new Frame(seat.layout(), seat.scratch(), 0, workers))
              .toList());
    }

    void run(Kernels kernels, int seat) {
      kernels.run(call, frames.get(seat));
    }
  }

  private ChainRun(
      Layout home,
      Workers workers,
      List<Link> links,
      List<Moving> moving,
      int images,
      int perPiece,
      float[] arena,
      List<Binding.Seat> seats) {
    this.home = home;
    this.workers = workers;
    this.links = links;
    this.moving = moving;
    this.shared =
        links.stream()
            .flatMap(link -> link.call.reads().stream())
            .filter(ref -> moving.stream().noneMatch(buffer -> buffer.ref.equals(ref)))
            .distinct()
            .toList();
    this.images = images;
    this.perPiece = perPiece;
    this.arena = arena;
    this.seats = seats;
  }

  /** The run of {@code chain}, empty where its steps are better run one after the other. */
  static Optional<ChainRun> of(
      Program program,
      Program.Chain chain,
      Layout home,
      int[] lastReads,
      Block arena,
      Workers workers,
      List<Binding.Seat> seats) {
    List<Program.Step> steps = program.steps().subList(chain.from(), chain.to());
    List<ImageCut> cuts = new ArrayList<>();
    Map<Ref, Integer> perImage = new LinkedHashMap<>();
    int unit = 1;
    for (Program.Step step : steps) {
      ImageCut cut =
          ImageCut.of(step.call(), chain.images(), ref -> program.buffer(ref).elements())
              .orElseThrow();
      cuts.add(cut);
      perImage.putAll(cut.perImage());
      unit = common(unit, cut.unit());
    }
    int largest = perImage.values().stream().mapToInt(n -> n).max().orElse(1);
    int wanted = Math.ceilDiv(SMALLEST_PIECE, largest);
    int shared = Math.max(1, chain.images() / workers.threads());
    int perPiece = Math.ceilDiv(Math.min(wanted, shared), unit) * unit;
    int pieces = Math.ceilDiv(chain.images(), perPiece);
    if ((long) perPiece * largest > LARGEST_PIECE || pieces < Math.max(2, workers.threads())) {
      return Optional.empty();
    }
    List<Link> links = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      Program.Step step = steps.get(s);
      ImageCut cut = cuts.get(s);
      int each = cut.sums() && !(step.call() instanceof Call.Moments) ? cut.unit() : perPiece;
      int rest = chain.images() % each;
      links.add(
          new Link(
              step.call(),
              cut,
              Piece.of(cut.pieces().apply(each), seats, workers),
              Piece.of(cut.pieces().apply(rest == 0 ? each : rest), seats, workers),
              Block.LEAD + step.scratchOffset()));
    }
    List<Moving> moving = new ArrayList<>();
    boolean room = workers.threads() * perPiece <= chain.images();
    perImage.forEach((ref, n) -> {
      boolean local = room && isLocal(ref, program, chain, steps, perImage, lastReads);
      moving.add(new Moving(ref, home.at(ref), n, local));
    });
    return Optional.of(
        new ChainRun(
            home, workers, links, moving, chain.images(), perPiece, arena.floats(), seats));
  }

  /**
   * Whether nothing but the chain sees the memory of {@code ref}: it is written before it is read,
   * and neither it nor who shares its memory is read later.
   */
  private static boolean isLocal(
      Ref ref,
      Program program,
      Program.Chain chain,
      List<Program.Step> steps,
      Map<Ref, Integer> perImage,
      int[] lastReads) {
    List<Ref> sharing =
        perImage.keySet().stream()
            .filter(other -> program.buffer(other).home().equals(program.buffer(ref).home()))
            .toList();
    if (!(program.buffer(ref).home() instanceof Buffer.Home.Arena)
        || sharing.stream()
            .anyMatch(other ->
                lastReads[other.id()] >= chain.to()
                    || !Objects.equals(perImage.get(other), perImage.get(ref)))) {
      return false;
    }
    for (Program.Step step : steps) {
      if (step.call().reads().stream().anyMatch(sharing::contains)) {
        return false;
      }
      if (step.call().writes().stream().anyMatch(sharing::contains)) {
        return true;
      }
    }
    return false;
  }

  private static int common(int a, int b) {
    int high = a;
    int low = b;
    while (low != 0) {
      int rest = high % low;
      high = low;
      low = rest;
    }
    return a / high * b;
  }

  @Override
  public void run(Kernels kernels) {
    workers.each(
        Math.ceilDiv(images, perPiece), piece -> run(kernels, piece * perPiece, workers.seat()));
    for (Link link : links) {
      if (link.cut.sums()) {
        kernels.join(link.call, new Frame(home, arena, link.scratchAt, workers));
      }
    }
  }

  /** Takes the images from {@code first} on through all steps. */
  private void run(Kernels kernels, int first, int seat) {
    Layout layout = seats.get(seat).layout();
    int count = Math.min(perPiece, images - first);
    for (Ref ref : shared) {
      layout.move(ref, home.array(ref), home.at(ref));
    }
    for (Moving buffer : moving) {
      int image = buffer.local ? seat * perPiece : first;
      layout.move(buffer.ref, home.array(buffer.ref), buffer.start + image * buffer.perImage);
    }
    for (Link link : links) {
      Piece piece = count == perPiece ? link.piece : link.rest;
      if (!link.cut.sums()) {
        piece.run(kernels, seat);
      } else if (piece.call instanceof Call.Moments moments) {
        int part = first * (moments.rows() / count) / moments.split().length();
        int at = link.scratchAt + part * 2 * moments.channels();
        kernels.points().momentParts(moments, new Frame(layout, arena, at, workers));
      } else {
        sum(kernels, link, first, count, seat);
      }
    }
  }

  /** Computes parts of a sum as whole sums, whose results are the parts' places in scratch. */
  private void sum(Kernels kernels, Link link, int first, int count, int seat) {
    Layout layout = seats.get(seat).layout();
    int unit = link.cut.unit();
    List<Ref> outputs = link.call.writes();
    int parts = Math.ceilDiv(images, unit);
    for (int image = 0; image < count; image += unit) {
      for (int r = 0; r < outputs.size(); r++) {
        int at = (r * parts + (first + image) / unit) * layout.elements(outputs.get(r));
        layout.move(outputs.get(r), arena, link.scratchAt + at);
      }
      Piece part = count - image >= unit ? link.piece : link.rest;
      part.run(kernels, seat);
      advance(link, layout, unit);
    }
    advance(link, layout, -Math.ceilDiv(count, unit) * unit);
  }

  private static void advance(Link link, Layout layout, int by) {
    link.cut.perImage().forEach((ref, n) -> layout.move(ref, layout.at(ref) + by * n));
  }
}
