package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import espalier.core.nn.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Spaces of {@link MobileNet}s. */
public final class MobileSpaces {
  private MobileSpaces() {}

  /**
   * NAS-Bench-Macro [Su et al. 2021]: each of eight layers in three stages is nothing or an
   * inverted residual, 3×3 with expansion 3 or 5×5 with expansion 6. Its 6,561 networks are for
   * images of 32×32.
   */
  public static ComposedSpace<MobileNet> nasBenchMacro() {
    int[] depths = {2, 3, 3};
    SequencedMap<String, Pick<MobileBlock>> operations = new LinkedHashMap<>();
    operations.put("0", Pick.of(new MobileBlock.Identity()));
    operations.put("1", Pick.of(MobileBlock.Inverted.of(3, 3)));
    operations.put("2", Pick.of(MobileBlock.Inverted.of(6, 5)));
    Pick<MobileBlock> operation = Pick.oneOf(operations);
    List<Pick<MobileNet.Stage>> stages = new ArrayList<>();
    int channels = 64;
    for (int depth : depths) {
      stages.add(stage(channels, 2, operation.several(depth, depth)));
      channels *= 2;
    }
    return new ComposedSpace<>(
        "nas-bench-macro",
        Pick.each(stages).map(picked -> new MobileNet(32, 1, picked, 1280, Activation.RELU)),
        MobileNet::network,
        net -> net.canonical().toString());
  }

  /**
   * The space of ProxylessNAS [Cai, Zhu, Han 2019]: 21 layers of inverted residuals, kernels of 3,
   * 5 or 7, expansion 3 or 6; layers that keep the shape may be left out.
   */
  public static ComposedSpace<MobileNet> proxyless() {
    int[][] layout = {{24, 2, 4}, {40, 2, 4}, {80, 2, 4}, {96, 1, 4}, {192, 2, 4}, {320, 1, 1}};
    Pick<MobileBlock> first = inverted(List.of(3, 5, 7), List.of(3, 6));
    SequencedMap<String, Pick<MobileBlock>> options = new LinkedHashMap<>();
    options.put("skip", Pick.of(new MobileBlock.Identity()));
    options.put("mb", first);
    Pick<MobileBlock> next = Pick.oneOf(options);
    List<Pick<MobileNet.Stage>> stages = new ArrayList<>();
    stages.add(Pick.of(MobileNet.Stage.of(16, 1, 1, MobileBlock.Inverted.of(1, 3))));
    for (int[] stage : layout) {
      List<Pick<MobileBlock>> blocks = new ArrayList<>(List.of(first));
      while (blocks.size() < stage[2]) {
        blocks.add(next);
      }
      stages.add(stage(stage[0], stage[1], Pick.each(blocks)));
    }
    return new ComposedSpace<>(
        "proxyless",
        Pick.each(stages).map(picked -> new MobileNet(32, 2, picked, 1280, Activation.RELU6)),
        MobileNet::network,
        net -> net.canonical().toString());
  }

  /**
   * The space of Once-for-All [Cai et al. 2020]: five stages of 2 to 4 inverted residuals, kernels
   * of 3, 5 or 7, expansion 3, 4 or 6, with squeeze-excite in the stages that have it in
   * MobileNetV3, and swish.
   */
  public static ComposedSpace<MobileNet> onceForAll() {
    return new ComposedSpace<>("once-for-all", onceForAllNetworks(), MobileNet::network);
  }

  /**
   * The networks of Once-for-All as they are chosen for a device: {@link #onceForAll}, at 1 or 1.2
   * times its channels (the two supernets that were published), on images of 128 to 224 pixels by
   * steps of 4.
   */
  public static ComposedSpace<SizedMobileNet> onceForAllSized() {
    Pick<Double> width = Pick.ordered(List.of(1.0, 1.2));
    Pick<Integer> resolution = Pick.range(128, 224, 4);
    Pick<MobileNet> net = onceForAllNetworks();
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("width", width);
    parts.put("resolution", resolution);
    parts.put("stages", net);
    return new ComposedSpace<>(
        "once-for-all-sized",
        Pick.all(
            parts,
            picked ->
                new SizedMobileNet(
                    picked.get("resolution", resolution),
                    picked.get("stages", net).scaled(picked.get("width", width), 1))),
        SizedMobileNet::network);
  }

  private static Pick<MobileNet> onceForAllNetworks() {
    List<Integer> kernels = List.of(3, 5, 7);
    List<Integer> expansions = List.of(3, 4, 6);
    List<Pick<MobileNet.Stage>> stages = new ArrayList<>();
    stages.add(Pick.of(MobileNet.Stage.of(16, 1, 1, MobileBlock.Inverted.of(1, 3))));
    int[][] layout = {{24, 2, 0}, {40, 2, 1}, {80, 2, 0}, {112, 1, 1}, {160, 2, 1}};
    for (int[] stage : layout) {
      Pick<MobileBlock> block =
          stage[2] == 1 ? squeezed(kernels, expansions) : inverted(kernels, expansions);
      stages.add(stage(stage[0], stage[1], block.several(2, 4)));
    }
    return Pick.each(stages).map(picked -> new MobileNet(16, 2, picked, 960, Activation.SWISH));
  }

  /**
   * Mobile networks for small images, of 28×28 or 32×32 pixels say, that train in seconds on a CPU:
   * a stem, then three stages that halve the image and double the channels, of 1 to 3 equal
   * inverted residuals each. Decided are each stage's depth, kernel, expansion and whether it has a
   * squeeze-excite; and once for all stages the activation, the width and the resolution.
   *
   * @param channels of the stem at the least width, an even number; it may have half as many more,
   *     or twice as many
   */
  public static ComposedSpace<SizedMobileNet> small(int channels) {
    if (channels < 2 || channels % 2 != 0) {
      throw new IllegalArgumentException(
          "mobile-small: %d channels, expected an even number of 2 or more".formatted(channels));
    }
    Pick<Integer> stem = Pick.ordered(List.of(channels, channels / 2 * 3, 2 * channels));
    Pick<Integer> resolution = Pick.ordered(List.of(16, 24, 32));
    Pick<Activation> activation = Pick.among(List.of(Activation.RELU, Activation.SWISH));
    Pick<List<List<MobileBlock>>> stages = smallStage().several(3, 3);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("channels", stem);
    parts.put("resolution", resolution);
    parts.put("activation", activation);
    parts.put("stages", stages);
    return new ComposedSpace<>(
        "mobile-small",
        Pick.all(
            parts,
            picked ->
                new SizedMobileNet(
                    picked.get("resolution", resolution),
                    small(
                        picked.get("channels", stem),
                        picked.get("stages", stages),
                        picked.get("activation", activation)))),
        SizedMobileNet::network);
  }

  private static MobileNet small(
      int channels, List<List<MobileBlock>> blocks, Activation activation) {
    List<MobileNet.Stage> stages = new ArrayList<>();
    int width = channels;
    for (List<MobileBlock> each : blocks) {
      stages.add(new MobileNet.Stage(width, 2, each));
      width *= 2;
    }
    return new MobileNet(channels, 1, stages, width, activation);
  }

  private static Pick<List<MobileBlock>> smallStage() {
    Pick<Integer> depth = Pick.range(1, 3, 1);
    Pick<Integer> kernel = Pick.ordered(List.of(3, 5));
    Pick<Integer> expansion = Pick.ordered(List.of(2, 4));
    Pick<Boolean> squeezed = Pick.among(List.of(false, true));
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("depth", depth);
    parts.put("kernel", kernel);
    parts.put("expansion", expansion);
    parts.put("squeeze", squeezed);
    return Pick.all(
        parts,
        picked -> {
          Making making =
              picked.get("squeeze", squeezed)
                  ? MobileBlock.Inverted::squeezed
                  : MobileBlock.Inverted::of;
          MobileBlock block =
              making.block(picked.get("expansion", expansion), picked.get("kernel", kernel));
          return Collections.nCopies(picked.get("depth", depth), block);
        });
  }

  private static Pick<MobileNet.Stage> stage(
      int channels, int stride, Pick<List<MobileBlock>> blocks) {
    return blocks.map(picked -> new MobileNet.Stage(channels, stride, picked));
  }

  private static Pick<MobileBlock> inverted(List<Integer> kernels, List<Integer> expansions) {
    return block(kernels, expansions, MobileBlock.Inverted::of);
  }

  private static Pick<MobileBlock> squeezed(List<Integer> kernels, List<Integer> expansions) {
    return block(kernels, expansions, MobileBlock.Inverted::squeezed);
  }

  @FunctionalInterface
  private interface Making {
    MobileBlock block(int expansion, int kernel);
  }

  private static Pick<MobileBlock> block(
      List<Integer> kernels, List<Integer> expansions, Making making) {
    Pick<Integer> kernel = Pick.ordered(kernels);
    Pick<Integer> expansion = Pick.ordered(expansions);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("kernel", kernel);
    parts.put("expansion", expansion);
    return Pick.all(
        parts,
        picked -> making.block(picked.get("expansion", expansion), picked.get("kernel", kernel)));
  }
}
