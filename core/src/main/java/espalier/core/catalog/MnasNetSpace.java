package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import espalier.core.nn.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * MnasNet's factorised hierarchical space [Tan, Chen, Pang, Vasudevan, Sandler, Howard, Le 2019,
 * sections 4.1 and 5]: each of seven blocks is made of equal layers and decided by itself, its
 * layers and filters relative to those of MobileNetV2.
 */
public final class MnasNetSpace {
  /*
   * The paper gives the decisions and their number for a block, 432, which is reached with
   * expansions 3 and 6 as two of four operations. It leaves open what becomes of a block of one
   * layer that is to have one less: here it is left out, which is possible because both such blocks
   * keep the image's size. The networks it published have 112 or 192 filters where no multiple of
   * MobileNetV2's would be that, so they are not in this space.
   */
  private MnasNetSpace() {}

  /** One block, or none. */
  private static Pick<Optional<MobileNet.Stage>> block(MobileNet.Stage reference) {
    Pick<MnasBlock.Operation> operation = Pick.among(List.of(MnasBlock.Operation.values()));
    Pick<Integer> kernel = Pick.ordered(List.of(3, 5));
    Pick<Double> squeeze = Pick.ordered(List.of(0.0, 0.25));
    Pick<MnasBlock.Skip> skip = Pick.among(List.of(MnasBlock.Skip.values()));
    Pick<Double> filters = Pick.ordered(List.of(0.75, 1.0, 1.25));
    Pick<Integer> layers = Pick.range(-1, 1, 1);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("operation", operation);
    parts.put("kernel", kernel);
    parts.put("squeeze", squeeze);
    parts.put("skip", skip);
    parts.put("filters", filters);
    parts.put("layers", layers);
    return Pick.all(
        parts,
        picked -> {
          int depth = reference.blocks().size() + picked.get("layers", layers);
          MnasBlock each =
              new MnasBlock(
                  picked.get("operation", operation),
                  picked.get("kernel", kernel),
                  picked.get("squeeze", squeeze) > 0,
                  picked.get("skip", skip));
          // MobileNetV2's filters are multiples of four.
          int channels = (int) (picked.get("filters", filters) * reference.channels());
          return depth == 0
              ? Optional.empty()
              : Optional.of(
                  new MobileNet.Stage(
                      channels, reference.stride(), Collections.nCopies(depth, each)));
        });
  }

  /** All 432⁷ ways to decide; those that leave the same block out are one network. */
  public static ComposedSpace<MobileNet> standard() {
    MobileNet reference = MobileNet.v2();
    List<Pick<Optional<MobileNet.Stage>>> blocks = new ArrayList<>();
    reference.stages().forEach(stage -> blocks.add(block(stage)));
    return new ComposedSpace<>(
        "mnasnet",
        Pick.each(blocks)
            .map(picked ->
                new MobileNet(
                    reference.stem(),
                    reference.stemStride(),
                    picked.stream().flatMap(Optional::stream).toList(),
                    reference.head(),
                    Activation.RELU)),
        MobileNet::network,
        MobileNet::toString);
  }
}
