"""Lee template.yaml para que el servidor local no pueda contradecir lo que se despliega."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FUNCION = "AWS::Serverless::Function"
CABECERAS = "AWS::CloudFront::ResponseHeadersPolicy"


class _Lector(yaml.SafeLoader):
    """Entiende las abreviaturas de CloudFormation: !Ref, !Sub, !GetAtt y las demás."""


def _abreviatura(lector: yaml.SafeLoader, sufijo: str, nodo: yaml.Node) -> dict[str, Any]:
    if isinstance(nodo, yaml.ScalarNode):
        valor: Any = lector.construct_scalar(nodo)
    elif isinstance(nodo, yaml.SequenceNode):
        valor = lector.construct_sequence(nodo, deep=True)
    else:
        valor = lector.construct_mapping(nodo, deep=True)  # type: ignore[arg-type]
    if sufijo == "GetAtt" and isinstance(valor, str):
        valor = valor.split(".", 1)
    return {sufijo if sufijo in {"Ref", "Condition"} else f"Fn::{sufijo}": valor}


_Lector.add_multi_constructor("!", _abreviatura)
# CloudFormation trata las fechas (2010-09-09, 2012-10-17) como texto.
_Lector.yaml_implicit_resolvers = {
    letra: [(etiqueta, patron) for etiqueta, patron in pares if etiqueta != "tag:yaml.org,2002:timestamp"]
    for letra, pares in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Ruta:
    """Una entrada de la API: qué método y camino atiende qué función, y si pide credencial."""

    metodo: str
    camino: str
    funcion: str
    autorizador: str | None = None

    @property
    def clave(self) -> str:
        return f"{self.metodo} {self.camino}"


@dataclass(frozen=True)
class Cabecera:
    """Una cabecera que CloudFront agrega; si «pisa», reemplaza la que traiga la función."""

    nombre: str
    valor: str
    pisa: bool


def leer(archivo: Path) -> dict[str, Any]:
    """La plantilla entera, con las abreviaturas escritas en su forma larga."""
    return yaml.load(archivo.read_text(encoding="utf-8"), Loader=_Lector)


def recursos(plantilla: dict[str, Any], tipo: str) -> dict[str, dict[str, Any]]:
    """Los recursos de ese tipo, por nombre."""
    return {nombre: r for nombre, r in plantilla["Resources"].items() if r["Type"] == tipo}


def manejadores(plantilla: dict[str, Any]) -> dict[str, str]:
    """Nombre de cada función en la plantilla y el manejador de Python que la atiende."""
    return {nombre: r["Properties"]["Handler"] for nombre, r in recursos(plantilla, FUNCION).items()}


def rutas(plantilla: dict[str, Any]) -> list[Ruta]:
    """Todas las rutas de la API, en el orden en que están escritas."""
    halladas = []
    for nombre, recurso in recursos(plantilla, FUNCION).items():
        for suceso in recurso["Properties"].get("Events", {}).values():
            if suceso["Type"] == "HttpApi":
                datos = suceso["Properties"]
                autorizador = datos.get("Auth", {}).get("Authorizer")
                halladas.append(Ruta(datos["Method"].upper(), datos["Path"], nombre, autorizador))
    return halladas


def variables(plantilla: dict[str, Any]) -> list[str]:
    """Las variables de entorno que reciben las funciones."""
    propias = [r["Properties"] for r in recursos(plantilla, FUNCION).values()]
    nombres: dict[str, None] = {}
    for lugar in [plantilla.get("Globals", {}).get("Function", {}), *propias]:
        nombres.update(dict.fromkeys(lugar.get("Environment", {}).get("Variables", {})))
    return list(nombres)


def cabeceras_de_seguridad(plantilla: dict[str, Any], valores: dict[str, str]) -> list[Cabecera]:
    """Las cabeceras que CloudFront agrega a toda respuesta, con «valores» en los huecos de !Sub."""
    politica = next(iter(recursos(plantilla, CABECERAS).values()), None)
    if politica is None:
        return []
    configuracion = politica["Properties"]["ResponseHeadersPolicyConfig"]
    seguridad = configuracion["SecurityHeadersConfig"]
    contenido, hsts = seguridad["ContentSecurityPolicy"], seguridad["StrictTransportSecurity"]
    referencia, marco = seguridad["ReferrerPolicy"], seguridad["FrameOptions"]
    plazo = f"max-age={hsts['AccessControlMaxAgeSec']}" + ("; includeSubDomains" if hsts["IncludeSubdomains"] else "")
    return [
        Cabecera(
            "Content-Security-Policy", _resolver(contenido["ContentSecurityPolicy"], valores), contenido["Override"]
        ),
        Cabecera("Strict-Transport-Security", plazo, hsts["Override"]),
        Cabecera("X-Content-Type-Options", "nosniff", seguridad["ContentTypeOptions"]["Override"]),
        Cabecera("Referrer-Policy", referencia["ReferrerPolicy"], referencia["Override"]),
        Cabecera("X-Frame-Options", marco["FrameOption"], marco["Override"]),
        *(
            Cabecera(propia["Header"], propia["Value"], propia["Override"])
            for propia in configuracion.get("CustomHeadersConfig", {}).get("Items", [])
        ),
    ]


def _resolver(texto: Any, valores: dict[str, str]) -> str:
    """Llena los huecos de un !Sub; un hueco sin valor local es un error, no un silencio."""
    if isinstance(texto, dict):
        cuerpo = texto["Fn::Sub"]
        texto = cuerpo[0] if isinstance(cuerpo, list) else cuerpo
    for nombre, valor in valores.items():
        texto = texto.replace("${" + nombre + "}", valor)
    if "${" in texto:
        raise ValueError(f"template.yaml usa un valor que el servidor local no conoce: {texto}")
    return " ".join(texto.split()).replace(" ;", ";")
