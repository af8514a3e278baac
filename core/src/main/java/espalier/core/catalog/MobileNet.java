package espalier.core.catalog;

import espalier.core.nn.Activation;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of mobile blocks in stages: a 3×3 convolution, the stages, a pointwise convolution, the
 * mean over the image, linear.
 *
 * @param stem channels of the first convolution
 * @param stemStride its stride
 * @param head channels of the last convolution
 */
public record MobileNet(
    int stem, int stemStride, List<Stage> stages, int head, Activation activation) {

  /**
   * Blocks of one width.
   *
   * @param stride of the first block
   */
  public record Stage(int channels, int stride, List<MobileBlock> blocks) {
    public Stage {
      blocks = List.copyOf(blocks);
    }

    /** So many equal blocks. */
    public static Stage of(int channels, int stride, int depth, MobileBlock block) {
      return new Stage(channels, stride, Stream.generate(() -> block).limit(depth).toList());
    }
  }

  public MobileNet {
    stages = List.copyOf(stages);
  }

  /** MobileNetV2 [Sandler et al. 2018]. */
  public static MobileNet v2() {
    MobileBlock six = MobileBlock.Inverted.of(6, 3);
    return new MobileNet(
        32,
        2,
        List.of(
            Stage.of(16, 1, 1, MobileBlock.Inverted.of(1, 3)),
            Stage.of(24, 2, 2, six),
            Stage.of(32, 2, 3, six),
            Stage.of(64, 2, 4, six),
            Stage.of(96, 1, 3, six),
            Stage.of(160, 2, 3, six),
            Stage.of(320, 1, 1, six)),
        1280,
        Activation.RELU6);
  }

  /** EfficientNet-B0 [Tan and Le 2019]. */
  public static MobileNet efficientNetB0() {
    MobileBlock three = MobileBlock.Inverted.squeezed(6, 3);
    MobileBlock five = MobileBlock.Inverted.squeezed(6, 5);
    return new MobileNet(
        32,
        2,
        List.of(
            Stage.of(16, 1, 1, MobileBlock.Inverted.squeezed(1, 3)),
            Stage.of(24, 2, 2, three),
            Stage.of(40, 2, 2, five),
            Stage.of(80, 2, 3, three),
            Stage.of(112, 1, 3, five),
            Stage.of(192, 2, 4, five),
            Stage.of(320, 1, 1, three)),
        1280,
        Activation.SWISH);
  }

  /**
   * This network with more or fewer blocks and channels: compound scaling [Tan and Le 2019]. Depths
   * are rounded up; widths to the nearest multiple of 8, but not below nine tenths of what was
   * wanted.
   */
  public MobileNet scaled(double width, double depth) {
    List<Stage> scaled = new ArrayList<>();
    for (Stage stage : stages) {
      int blocks = (int) Math.ceil(depth * stage.blocks().size());
      List<MobileBlock> all = new ArrayList<>(stage.blocks());
      while (all.size() < blocks) {
        all.add(stage.blocks().getLast());
      }
      scaled.add(
          new Stage(channels(width, stage.channels()), stage.stride(), all.subList(0, blocks)));
    }
    return new MobileNet(
        channels(width, stem), stemStride, scaled, channels(width, head), activation);
  }

  private static int channels(double width, int channels) {
    double wanted = width * channels;
    int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }

  /** The same function without blocks that do nothing: all networks of one function share it. */
  public MobileNet canonical() {
    List<Stage> needed = new ArrayList<>();
    int input = stem;
    for (Stage stage : stages) {
      List<MobileBlock> blocks = new ArrayList<>();
      for (MobileBlock block : stage.blocks()) {
        boolean keepsShape =
            (!blocks.isEmpty() || stage.stride() == 1) && input == stage.channels();
        if (!keepsShape || !(block instanceof MobileBlock.Identity)) {
          blocks.add(block);
        }
        input = stage.channels();
      }
      needed.add(new Stage(stage.channels(), stage.stride(), blocks));
    }
    return new MobileNet(stem, stemStride, needed, head, activation);
  }

  /** The classifier. */
  public Network network(int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new ConvNorm(Conv.same(stem, 3, stemStride), BatchNorm.standard()));
    layers.add(activation);
    int input = stem;
    for (Stage stage : stages) {
      for (int i = 0; i < stage.blocks().size(); i++) {
        int stride = i == 0 ? stage.stride() : 1;
        layers.add(stage.blocks().get(i).layer(input, stage.channels(), stride, activation));
        input = stage.channels();
      }
    }
    layers.add(new ConvNorm(Conv.same(head, 1, 1), BatchNorm.standard()));
    layers.add(activation);
    layers.add(Pool.globalAverage());
    layers.add(Linear.of(classes));
    return Network.of(new Sequence(layers));
  }
}
