/** Makes a picture small before it is sent: a photo of a phone's camera has many megabytes. */

/** A square cut from the middle, in WebP or what the browser writes instead; undefined when it is no picture. */
export async function shrinkPicture(file: Blob, edge: number): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) {
    return undefined;
  }
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.min(edge, side);
  canvas.height = canvas.width;
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  canvas
    .getContext("2d")
    ?.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), "image/webp", 0.9),
  );
}
