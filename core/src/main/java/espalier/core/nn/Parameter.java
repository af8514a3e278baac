package espalier.core.nn;

import espalier.core.tensor.Shape;

/**
 * A variable a model declares.
 *
 * @param name full path, {@code cell3.edge1.conv.weight} for one
 * @param trainable whether an optimiser changes it; running statistics are not
 * @param counted whether it is one of the model's parameters as the literature counts them:
 *     trainable and not of an auxiliary head
 */
public record Parameter(
    String name, Shape shape, Initializer initializer, boolean trainable, boolean counted) {}
