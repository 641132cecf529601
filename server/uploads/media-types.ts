/** Endings of what may be sent, as the API documents them, and of pictures. What a file is, its content says. */
export const MEDIA_TYPES: readonly string[] = (
  "wmv rm mov mpeg mp4 3gp flv avi rmvb ts asf mpg webm mkv wm asx ram mpe vob dat mp4v m4v f4v mxf qt ogg ogv " +
  "mp3 m4a flac wav ra aac amr opus wma jpg jpeg jfif png gif bmp webp tif tiff avif heic"
).split(" ");
export const COVER_TYPES: readonly string[] = "jpg jpeg png gif webp tif tiff".split(" ");
