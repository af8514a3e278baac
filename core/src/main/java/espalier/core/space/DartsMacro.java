package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The network around the cells of DARTS [Liu, Simonyan, Yang 2019]: a stem, a chain of cells each
 * fed by the two before it, mean over the image, linear. The cells at one third and at two thirds
 * of the chain halve the image and double the channels.
 *
 * @param channels of the nodes of the first cells
 * @param layers number of cells
 * @param auxiliary whether training has an auxiliary head after the second reduction
 * @param dropPath whether training drops paths of chosen cells
 */
public record DartsMacro(Stem stem, int channels, int layers, boolean auxiliary, boolean dropPath) {

  /** How an image becomes the first features. */
  public enum Stem {
    /** One convolution to three times the channels. */
    CIFAR,
    /** Three convolutions of stride 2. */
    IMAGENET
  }

  public DartsMacro {
    if (channels < 2 || layers < 1) {
      throw new IllegalArgumentException(
          "DARTS network: %d channels and %d cells, expected at least 2 channels and 1 cell"
              .formatted(channels, layers));
    }
  }

  /** For small images; the paper trains 36 channels and 20 cells, with auxiliary head. */
  public static DartsMacro cifar(int channels, int layers) {
    return new DartsMacro(Stem.CIFAR, channels, layers, true, true);
  }

  /** For images of 224×224; the paper trains 48 channels and 14 cells, with auxiliary head. */
  public static DartsMacro imageNet(int channels, int layers) {
    return new DartsMacro(Stem.IMAGENET, channels, layers, true, false);
  }

  /** Without auxiliary head and without dropped paths. */
  public DartsMacro plain() {
    return new DartsMacro(stem, channels, layers, false, false);
  }

  /** The network of a chosen architecture. */
  public Network network(Genotype genotype, int classes) {
    return network(
        Site.Form.EVALUATION,
        classes,
        new DiscreteCell(genotype.normal(), dropPath),
        new DiscreteCell(genotype.reduce(), dropPath));
  }

  /** The network whose cells these builders build. */
  public Network network(Site.Form form, int classes, CellBuilder normal, CellBuilder reduce) {
    return (scope, images) -> build(scope, images, form, classes, normal, reduce);
  }

  private Network.Outputs build(
      Scope scope,
      Tensor images,
      Site.Form form,
      int classes,
      CellBuilder normal,
      CellBuilder reduce) {
    List<Tensor> stems = stem(scope.child("stem"), images);
    Tensor beforeLast = stems.getFirst();
    Tensor last = stems.getLast();
    boolean halved = stem == Stem.IMAGENET;
    int width = channels;
    Optional<Tensor> auxiliaryLogits = Optional.empty();
    for (int i = 0; i < layers; i++) {
      boolean reduction = isReduction(i);
      width *= reduction ? 2 : 1;
      Scope cellScope = scope.child("cells").child(Integer.toString(i));
      Layer align = halved ? new FactorizedReduce(width, form.norm()) : pointwise(width, form);
      Tensor first = align.apply(cellScope.child("preprocess0"), beforeLast);
      Tensor second = pointwise(width, form).apply(cellScope.child("preprocess1"), last);
      CellPlace place = new CellPlace(i, width, reduction, form);
      beforeLast = last;
      last = (reduction ? reduce : normal).build(cellScope, List.of(first, second), place);
      halved = reduction;
      if (auxiliary && scope.isTraining() && i == 2 * layers / 3) {
        Layer head = new AuxiliaryHead(classes, stem == Stem.CIFAR ? 3 : 2);
        auxiliaryLogits = Optional.of(head.apply(scope.auxiliary("auxiliary"), last));
      }
    }
    Tensor features = Pool.globalAverage().apply(scope, last);
    return new Network.Outputs(
        Linear.of(classes).apply(scope.child("classifier"), features), auxiliaryLogits);
  }

  /** Whether cell {@code index} halves the image. */
  public boolean isReduction(int index) {
    return index == layers / 3 || index == 2 * layers / 3;
  }

  /** The two tensors that the first cell sees as the cells before it. */
  private List<Tensor> stem(Scope scope, Tensor images) {
    BatchNorm norm = BatchNorm.standard();
    if (stem == Stem.CIFAR) {
      Tensor features = new ConvNorm(Conv.same(3 * channels, 3, 1), norm).apply(scope, images);
      return List.of(features, features);
    }
    Tensor quarter =
        Layer.sequence(
                new ConvNorm(Conv.same(channels / 2, 3, 2), norm),
                new ReluConvNorm(Conv.same(channels, 3, 2), norm))
            .apply(scope, images);
    Layer eighth = new ReluConvNorm(Conv.same(channels, 3, 2), norm);
    return List.of(quarter, eighth.apply(scope.child("2"), quarter));
  }

  private static Layer pointwise(int channels, Site.Form form) {
    return new ReluConvNorm(Conv.same(channels, 1, 1), form.norm());
  }
}
