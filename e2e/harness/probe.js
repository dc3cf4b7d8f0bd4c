// What can be heard and seen in a page, read from its media elements.
const ears = new Map();

/** Every playing audio element with what analyses it. */
function* listening() {
  for (const element of document.querySelectorAll("audio, video")) {
    const stream = element.srcObject;
    if (element.muted || !stream || stream.getAudioTracks().length === 0) continue;
    const [track] = stream.getAudioTracks();
    if (!ears.has(track)) {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      ears.set(track, { analyser, bin: context.sampleRate / analyser.fftSize });
    }
    yield { element, ...ears.get(track) };
  }
}

/** Level of the loudest playing audio element in dB below full scale; above 0 while nothing plays. */
window.loudest = () => {
  let loudest = 1;
  for (const { analyser } of listening()) {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const level = 10 * Math.log10(power + 1e-12);
    loudest = loudest > 0 ? level : Math.max(loudest, level);
  }
  return loudest;
};

/** Loudest frequency in Hz of every playing audio element, by participant ("?" when unmarked); 0 is silence. */
window.hear = () => {
  const heard = [];
  for (const { element, analyser, bin } of listening()) {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    let peak = 0;
    for (let i = 1; i < levels.length; i += 1) if (levels[i] > levels[peak]) peak = i;
    heard.push({ participant: element.dataset.participant ?? "?", hz: levels[peak] > -60 ? Math.round(peak * bin) : 0 });
  }
  return heard;
};

/** What every video element shows: its size, the mean colour and a print of the picture that changes when it moves. */
window.see = () => {
  const seen = [];
  for (const element of document.querySelectorAll("video")) {
    if (!element.videoWidth) continue;
    const canvas = new OffscreenCanvas(64, 36);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(element, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    const mean = [0, 0, 0];
    let print = 0;
    for (let i = 0; i < data.length; i += 4) {
      for (const c of [0, 1, 2]) mean[c] += data[i + c] / (data.length / 4);
      print = (print * 31 + (data[i + 1] >> 4)) >>> 0;
    }
    const owner = element.closest("[data-participant]") ?? element;
    seen.push({
      participant: owner.dataset.participant ?? "?",
      width: element.videoWidth,
      height: element.videoHeight,
      mean: mean.map(Math.round),
      print,
    });
  }
  return seen;
};
