package org.greenchannel.engine;

import org.camunda.bpm.engine.ArtifactFactory;

/** Refuses {@code camunda:class}: a model names the steps of the vocabulary and nothing else. */
final class NoClasses implements ArtifactFactory {

    @Override
    public <T> T getArtifact(Class<T> type) {
        throw new IllegalStateException("models name steps, not classes");
    }
}
