"""Una vida entera por las puertas, con un canario en cada lugar donde cabe un dato de una persona."""

from __future__ import annotations

import importlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from funciones import barrer, difundir
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import Estado, Postulacion
from funciones.ejecucion import cierre
from funciones.entrada.solicitud import Funcionario
from tests.funciones.oficina import ingresada, llega_el_rebote, por_contactar, rebota, registrar, repartir
from tests.funciones.puerta import EVALUADOR, Contexto, Puerta
from tests.funciones.test_avance import Persona
from tests.funciones.test_avisar_cambios import enmendar
from tests.funciones.test_compromiso import encuesta
from tests.mundo import avanzar
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

OTRA = "2027-feria-maule-sabores-y-oficios"  # Publicada, abierta y con recordatorio.
RUT, RUT_EN_PAPEL, RUT_EN_ESPERA = (rut_de_ejemplo(numero) for numero in (77_654_321, 77_654_322, 77_654_324))
CORREO = "canario.correo@ejemplo.cl"
CANARIOS = {
    "nombre": "Canario Nombrefirma",
    "representante": "Canario Representante",
    "correo": CORREO,
    "telefono": "987654321",
    "lleva": "Canario de lo que lleva",
}
_RUTS = ("77654321", "77.654.321", "77654322", "77.654.322", "77654324", "77.654.324")
RASTROS = ("canario", *_RUTS, "987654321", "98765 4321")
DIA = datetime(2027, 1, 15, 10, 0, tzinfo=CHILE)


def publicada(horneado: Path, carpeta: Path) -> Path:
    """La convocatoria de las pruebas como feria cofinanciada de un día, que además pide la carta de compromiso."""
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA] |= {
        "actividad_inicio": "2027-01-15",
        "actividad_termino": "2027-01-15",
        "encuesta_cierre": "2027-01-29",
        "espera_maxima": 5,
        "componente": 1,
        "tipo_actividad": "feria",
        "objetivo": "vender_al_publico",
        "financiamiento": "cofinanciado",
        "cofinanciamiento_clp": "45000",
        "reservas": [],
        "compromisos": [{"orden": 1, "obligacion": "Asisto todos los días."}],
    }
    (carpeta / "datos").symlink_to(horneado.parent / "datos")
    archivo = carpeta / "horneado.json"
    archivo.write_text(json.dumps(crudo), encoding="utf-8")
    return archivo


@dataclass
class PuertaMirada(Puerta):
    """Anota cada llamada y todo lo que viaja en las cabeceras y las galletas de su respuesta."""

    llamadas: list[tuple[str, str, str, Mapping[str, Any]]] = field(default_factory=list)
    cabeceras: list[str] = field(default_factory=list)

    def llamar(self, verbo: str, metodo: str, ruta: str, **lo_demas: Any) -> dict[str, Any]:
        self.llamadas.append((verbo, metodo, ruta, lo_demas))
        respuesta = super().llamar(verbo, metodo, ruta, **lo_demas)
        self._mirar(respuesta)
        return respuesta

    def _seguir(self, verbo: str, respuesta: Mapping[str, Any]) -> dict[str, Any]:
        self._mirar(respuesta)  # Aquí va el Location, que `llamar` ya no devuelve.
        return super()._seguir(verbo, respuesta)

    def _mirar(self, respuesta: Mapping[str, Any]) -> None:
        self.cabeceras += [f"{c}: {v}" for c, v in respuesta["headers"].items()]
        self.cabeceras += respuesta.get("cookies", ())

    def repetir_todo(self) -> list[int]:
        """Las mismas llamadas otra vez, y el estado de cada una."""
        antes = list(self.llamadas)
        return [
            importlib.import_module(f"funciones.{verbo}").handler(self.evento(m, r, **mas), Contexto())["statusCode"]
            for verbo, m, r, mas in antes
        ]


def vivir(puerta: Puerta) -> None:
    """Pasa por todas, en orden: al final hay al menos una hoja de cada clase."""
    _antes_de_postular(puerta)
    en_papel = _en_la_oficina(puerta)
    par = puerta.recibida(RUT, **CANARIOS)
    espera, _ = puerta.recibida(RUT_EN_ESPERA, **CANARIOS | {"correo": f"espera.{CORREO}"})
    repartir(puerta)
    barrer.handler({}, Contexto())
    _sus_derechos(puerta, par)
    _mis_datos(puerta)
    _llevar(puerta, en_papel, Estado.RECIBIDA, Estado.ADMISIBLE, Estado.SELECCIONADA, Estado.CONFIRMADA)
    _llevar(puerta, par[0], Estado.ADMISIBLE, Estado.SELECCIONADA)
    _llevar(puerta, espera, Estado.ADMISIBLE, Estado.LISTA_DE_ESPERA)
    _invitar_y_cambiar(puerta)
    _se_compromete(puerta, par)
    _el_dia(puerta, par, en_papel, espera)


def _antes_de_postular(puerta: Puerta) -> None:
    clave = secrets.token_urlsafe(24)
    comun = {"convocatoria": CONVOCATORIA, "clave": clave}
    for paso, valor in (("tipo_persona", "juridica"), ("rut", RUT), ("nombre", CANARIOS["nombre"])):
        pagina = {**comun, "paso": paso, paso: valor}
        _bien(puerta.llamar("postular", "POST", "/api/postular", formulario=pagina | {"accion": "seguir"}, html=True))
    avance = {**comun, "paso": "representante", "accion": "guardar", "representante": CANARIOS["representante"]}
    bajado = puerta.llamar("postular", "POST", "/api/postular", formulario=avance, html=True)
    assert "Canario Representante" in bajado["body"]
    for contenido in (bajado["body"].encode(), b"Canario: esto no es un avance"):
        assert Persona(puerta).cargar(contenido, "avance de Canario.json")["statusCode"] in {200, 303, 422}
    pedido = {"convocatoria": OTRA, "correo": CORREO}
    _bien(puerta.llamar("suscribir", "POST", "/api/recordar", formulario=pedido, html=True))


def _en_la_oficina(puerta: Puerta) -> str:
    """Una en papel y sin correo, con su domicilio, a la que hay que mandarle una carta."""
    consulta = {"convocatoria": CONVOCATORIA, "rut": RUT_EN_PAPEL}
    _mesa(puerta, "ingresar", "ingresos/consulta", consulta)
    sin_correo = CANARIOS | {"correo": ""}
    folio = str(ingresada(puerta, RUT_EN_PAPEL, respuestas=sin_correo, domicilio="Pasaje Canario 98")["folio"])
    cosas = [{"que": "documento:f30", "texto": "Canario: manda el del mes."}]
    assert puerta.decidir(folio, "en_correccion", correcciones=cosas)[0] == 200
    repartir(puerta)
    (pendiente,) = por_contactar(puerta)
    camino, ruta = {"aviso": pendiente["aviso"]}, "/api/mesa/contactos/{aviso}"
    nota = {"medio": "telefono", "resultado": "no_contesta", "nota": "Canario: contesta su hija.", "version": 1}
    assert puerta.json("contactar", "POST", ruta, funcionario=EVALUADOR, camino=camino, cuerpo=nota)[0] == 200
    carta = puerta.json("contactar", "GET", f"{ruta}/carta", funcionario=EVALUADOR, camino=camino)
    assert (carta[0], "Pasaje Canario 98" in str(carta[1])) == (200, True)
    return folio


def _sus_derechos(puerta: Puerta, par: tuple[str, str]) -> None:
    entrada = {"folio": par[0], "codigo": par[1]}
    pedido = entrada | {"accion": "pedir", "derecho": "rectificacion", "texto": "Canario: mi comuna es otra."}
    for cuerpo in (pedido, entrada | {"accion": "descargar"}, entrada | {"accion": "tabla"}):
        assert puerta.llamar("responder", "POST", "/api/derechos", cuerpo=cuerpo)["statusCode"] == 200
    suyo = puerta.json("resolver", "GET", "/api/mesa/derechos", funcionario=EVALUADOR)[1]["derechos"][0]
    respuesta = {"numero": 1, "version": suyo["version"], "decision": "acoger", "motivo": "Canario: corregido."}
    ruta, camino = "/api/mesa/derechos/{folio}", {"folio": par[0]}
    difundir.handler({}, Contexto())
    assert puerta.json("resolver", "POST", ruta, funcionario=EVALUADOR, camino=camino, cuerpo=respuesta)[0] == 200


def _mis_datos(puerta: Puerta) -> None:
    fila = f"{RUT},{CANARIOS['nombre']},{CORREO},987654321,Curicó,tecnica,mujer,107100"
    tabla = f"rut,nombre,correo,telefono,comuna,nivel_educacional,sexo,actividad\n{fila}\n"
    assert registrar(puerta, "POST", "mis_datos", {"csv": tabla})[0] == 200
    assert registrar(puerta, "POST", "mis_datos", {"csv": tabla.replace("Curicó", "Narnia")})[0] == 422
    dias = {"desde": "2026-11-01", "hasta": "2026-11-30", "convocatoria": CONVOCATORIA}
    assert CORREO in registrar(puerta, "POST", "mis_datos/exporta", dias)[1]["csv"]


def _invitar_y_cambiar(puerta: Puerta) -> None:
    pedida = {"convocatoria": CONVOCATORIA, "accion": "invitar", "region": "", "tope": 10, "version": 0}
    _mesa(puerta, "invitar", "invitaciones", pedida)
    enmendar(puerta, "actividad_termino", "2027-01-15", "2027-01-16")
    difundir.handler({}, Contexto())
    # Un correo que vuelve: la dirección se marca, y el aviso queda por contactar.
    aviso = puerta.montaje.almacen.avisos(_de(puerta, RUT).folio)[-1].id
    llega_el_rebote(json.loads(json.dumps(rebota(aviso)).replace("panesdelmaule.773000107@ejemplo.cl", CORREO)))


def _se_compromete(puerta: Puerta, par: tuple[str, str]) -> None:
    entrada = {"folio": par[0], "codigo": par[1]}
    visto = puerta.json("consultar", "POST", "/api/consultar", cuerpo=entrada)[1]
    acepta = entrada | {"accion": "comprometer", "carta": visto["carta"]["version"]}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=acepta)[0] == 200
    _llevar(puerta, par[0], Estado.CONFIRMADA)


def _el_dia(puerta: Puerta, par: tuple[str, str], en_papel: str, espera: str) -> None:
    puerta.poner_la_hora(DIA)
    de_la_feria = {"convocatoria": CONVOCATORIA}
    marcas = f"folio,asistio,hora\n{par[0]},si,2027-01-15T09:30\n{en_papel},no,2027-01-15T09:30"
    _jornada(puerta, "marcas", csv=marcas)
    _jornada(puerta, "reemplazo", entra=espera, saltadas={}, en_lugar_de=en_papel)
    _jornada(puerta, "marcas", csv=f"folio,asistio,hora\n{par[0]},no,2027-01-15T09:40")
    _jornada(puerta, "lugares", lugares={par[0]: "A1"}, version=0)
    dicho = {
        "comprometio": "Canario Gerente",
        "monto": "45.000",
        "fecha": "2027-01-10",
        "documento": "Carta de Canario",
    }
    _mesa(puerta, "asistir", "jornada/aporte", {"folio": par[0], "version_aporte": 0} | dicho)
    _jornada(puerta, "marcas", csv=f"folio,asistio,hora\n{en_papel},no,2027-01-15T09:30")
    for que in ("cola", "listas", "asistencia"):
        _mesa(puerta, "exportar", "exportar", de_la_feria | {"que": que, "para": "csv"})
    encuesta(puerta, par)
    # Esta no se puede cerrar: tiene una marca que no calza.
    otra = puerta.montaje.horneado.convocatoria(OTRA)
    assert otra is not None
    cierre.cambiar(otra, "cerrar", "Canario: todo en orden.", 0, Funcionario("evaluador-maule", "evaluador", "07"))
    puerta.poner_la_hora(DIA + timedelta(days=2))
    barrer.handler({}, Contexto())


def _llevar(puerta: Puerta, folio: str, *estados: Estado) -> None:
    """La mueve por esos estados sin pasar por las puertas."""
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    avanzar(puerta.montaje.almacen, postulacion, *estados, cupos=2)


def _de(puerta: Puerta, rut: str) -> Postulacion:
    return next(p for p in puerta.montaje.almacen.cola(CONVOCATORIA) if p.datos["rut"] == rut)


def _jornada(puerta: Puerta, que: str, **cuerpo: Any) -> None:
    _mesa(puerta, "asistir", f"jornada/{que}", {"convocatoria": CONVOCATORIA} | cuerpo)


def _mesa(puerta: Puerta, verbo: str, ruta: str, cuerpo: Mapping[str, Any]) -> dict[str, Any]:
    estado, dado = puerta.json(verbo, "POST", f"/api/mesa/{ruta}", funcionario=EVALUADOR, cuerpo=cuerpo)
    assert estado == 200, dado
    return dict(dado)


def _bien(respuesta: Mapping[str, Any]) -> None:
    assert respuesta["statusCode"] == 200, respuesta["body"]
