/** Words of the settings of devices. */

import { strings } from "@/i18n/strings";

export const deviceText = strings({
  id: {
    camera: "Kamera",
    cameraOnJoin: "Kamera menyala saat bergabung",
    onJoinHint: "Bisa diubah sebelum masuk tiap rapat.",
    microphone: "Mikrofon",
    microphoneOnJoin: "Mikrofon menyala saat bergabung",
    speak: "Bicaralah: batangnya bergerak kalau Anda terdengar.",
    microphoneIsOff: "Nyalakan mikrofon untuk mencobanya.",
    noiseHint: "Kipas, hujan, motor lewat",
    speaker: "Speaker",
    speakerHint: "Suara rapat keluar di sini, kalau browser mengizinkan memilih.",
    playTone: "Bunyikan nada",
    ready: "Coba kamera dan mikrofon",
    readyLine: "Gambar dan suara Anda tetap di perangkat ini.",
  },
  en: {
    camera: "Camera",
    cameraOnJoin: "Camera on when joining",
    onJoinHint: "Can be changed before each meeting.",
    microphone: "Microphone",
    microphoneOnJoin: "Microphone on when joining",
    speak: "Speak: the bars move when you are heard.",
    microphoneIsOff: "Turn on the microphone to try it.",
    noiseHint: "Fans, rain, motorbikes",
    speaker: "Speaker",
    speakerHint: "Meetings are heard here, where the browser lets you choose.",
    playTone: "Play a tone",
    ready: "Try camera and microphone",
    readyLine: "Your picture and voice stay on this device.",
  },
});
