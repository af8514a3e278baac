package espalier.core.study;

import espalier.core.data.Splits;
import espalier.core.io.ImageInput;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.train.ImageData;
import espalier.core.train.Recipe;
import espalier.kernels.spi.Backend;
import java.util.List;
import java.util.Optional;

/** The training of an image classifier, and the model it ends with. */
record ImageTraining(ImageData images, TrainingPhase phase) {

  /**
   * A training on the images of a task.
   *
   * @param onAll whether the validation images are trained on too; nothing is measured on them then
   */
  static ImageTraining of(
      Network network, Splits splits, Recipe recipe, Budget budget, boolean onAll, long seed) {
    ImageData images =
        onAll
            ? ImageData.of(splits.retraining(), Optional.empty())
            : ImageData.of(splits.train(), Optional.of(splits.valid()));
    return new ImageTraining(
        images,
        new TrainingPhase(
            network, images, splits.test().map(images::examples), recipe, budget, seed));
  }

  /** The trained network as a model with a backend of its own. */
  Model model(TrainingPhase.Trained trained) {
    return Model.of(trained.network(), input(), labels(), trained.weights());
  }

  /** The trained network as a model on a backend that outlives it. */
  Model model(TrainingPhase.Trained trained, Backend backend) {
    return Model.of(trained.network(), input(), labels(), trained.weights(), backend);
  }

  private ImageInput input() {
    return new ImageInput(images.train().image(), images.normalisation());
  }

  private List<String> labels() {
    return images.train().classNames();
  }
}
