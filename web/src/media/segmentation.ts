/** Tells a person from what is behind them: MediaPipe's selfie segmentation, shipped with the app. */
import graph from "@mediapipe/selfie_segmentation/selfie_segmentation.binarypb?url";
import script from "@mediapipe/selfie_segmentation/selfie_segmentation.js?url";
import model from "@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url";
import loader from "@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.js?url";
import wasm from "@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.wasm?url";

/** A mask is opaque where the person is. */
export interface Segmented {
  image: CanvasImageSource;
  segmentationMask: CanvasImageSource;
}

export interface Segmentation {
  setOptions(options: { modelSelection: 0 | 1; selfieMode: boolean }): void;
  onResults(listener: (results: Segmented) => void): void;
  initialize(): Promise<void>;
  send(inputs: { image: HTMLVideoElement }): Promise<void>;
  close(): Promise<void>;
}

type Constructor = new (config: { locateFile: (name: string) => string }) => Segmentation;

const FILES = new Map([
  ["selfie_segmentation.binarypb", graph],
  ["selfie_segmentation_landscape.tflite", model],
  ["selfie_segmentation_solution_simd_wasm_bin.js", loader],
  ["selfie_segmentation_solution_simd_wasm_bin.wasm", wasm],
]);
/** The model that looks at wide pictures. */
const WIDE = 1;
const NAME = "SelfieSegmentation";

// The package is a script that leaves a global, and no module.
function loadScript(): Promise<void> {
  if (Reflect.has(globalThis, NAME)) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error("The segmentation could not be loaded."));
    document.head.append(element);
  });
}

/** Loads everything and makes it ready; rejects where the browser lacks WebGL or SIMD. */
export async function openSegmentation(): Promise<Segmentation> {
  await loadScript();
  const Made = Reflect.get(globalThis, NAME) as Constructor;
  const segmentation = new Made({
    locateFile: (name) => {
      const address = FILES.get(name);
      if (address === undefined) {
        throw new Error(`The app ships no ${name}.`);
      }
      return address;
    },
  });
  segmentation.setOptions({ modelSelection: WIDE, selfieMode: false });
  await segmentation.initialize();
  return segmentation;
}
