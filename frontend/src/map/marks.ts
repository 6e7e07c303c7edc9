/** Small pictures for the map, drawn here: no sprite has to be fetched. */

const SIZE = 36;

type Shape = 'square' | 'diamond' | 'camera';

/** The mark of that shape and colour, of 18 pixels on the page. */
export function pictureOf(shape: Shape, colour: string): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = colour;
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 3;
  pen.lineJoin = 'round';
  DRAW[shape](pen);
  return pen.getImageData(0, 0, SIZE, SIZE);
}

const DRAW: Record<Shape, (pen: CanvasRenderingContext2D) => void> = {
  square: (pen) => inked(pen, () => pen.roundRect(8, 8, 20, 20, 4)),
  diamond: (pen) => inked(pen, () => (pen.moveTo(18, 4), pen.lineTo(32, 18), pen.lineTo(18, 32), pen.lineTo(4, 18), pen.closePath())),
  camera: (pen) => {
    inked(pen, () => (pen.moveTo(22, 18), pen.lineTo(33, 10), pen.lineTo(33, 26), pen.closePath()));
    inked(pen, () => pen.roundRect(3, 9, 22, 18, 4));
  },
};

function inked(pen: CanvasRenderingContext2D, path: () => void): void {
  pen.beginPath();
  path();
  pen.stroke();
  pen.fill();
}
