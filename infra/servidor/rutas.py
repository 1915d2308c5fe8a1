"""Elige la ruta de una petición con la precedencia de API Gateway."""

from urllib.parse import unquote

from servidor.plantilla import Ruta


def elegir(rutas: list[Ruta], metodo: str, camino: str) -> tuple[Ruta, dict[str, str]] | None:
    """La ruta que atiende ese método y camino con sus parámetros; ninguna si API Gateway diría 404."""
    candidatas = []
    for ruta in rutas:
        parametros = _calzar(ruta.camino, camino)
        if ruta.metodo in (metodo, "ANY") and parametros is not None:
            candidatas.append((len(parametros), ruta.metodo == "ANY", ruta, parametros))
    if not candidatas:
        return None
    # Lo más exacto gana: primero el camino con menos huecos, después el método escrito.
    _, _, ruta, parametros = min(candidatas, key=lambda c: c[:2])
    return ruta, parametros


def _calzar(patron: str, camino: str) -> dict[str, str] | None:
    trozos, partes = patron.split("/"), camino.split("/")
    if len(trozos) != len(partes):
        return None
    parametros = {}
    for trozo, parte in zip(trozos, partes, strict=True):
        if trozo.startswith("{") and trozo.endswith("}"):
            if not parte:
                return None
            parametros[trozo[1:-1]] = unquote(parte)
        elif trozo != unquote(parte):
            return None
    return parametros
