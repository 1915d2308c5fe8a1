"""La entrada de toda función: lo que llega se vuelve valores; lo que pase, una respuesta o un error en español."""
