"""La API de la mesa que no guarda nada: responde con la forma exacta de las funciones del personal."""

from copy import deepcopy
from typing import Any

from tests.navegador import mesa_datos as datos
from tests.navegador import mesa_fichas as fichas
from tests.navegador import mesa_jornada as jornada
from tests.navegador import mesa_papel as papel
from tests.navegador import mesa_vistas as vistas

Persona = dict[str, str]
CORREGIBLES = {corregible["que"] for corregible in datos.CORREGIBLES}
EN_PAUTA = ("admisible", "evaluada")
NO_DEL_OPERADOR = ("recursos", "actas", "seleccion", "participaciones", "vitrinas", "derechos")


class Rechazo(Exception):
    """Una respuesta de error con la forma de las funciones."""

    def __init__(self, estado: int, codigo: str, titulo: str, **extra: Any) -> None:
        super().__init__(codigo)
        self.estado = estado
        self.cuerpo = {"error": codigo, "titulo": titulo, "mensaje": "Mira qué pasó.", "campos": {}, **extra}


class MesaApi:
    """Lo que hay guardado y lo que llegó; `rechazos` son los próximos errores de lo que se envíe."""

    def __init__(self) -> None:
        self.convocatorias = deepcopy(datos.CONVOCATORIAS)
        self.postulaciones = {p["folio"]: p for p in deepcopy(datos.POSTULACIONES)}
        self.fichas = fichas.todas()
        self.actas: list[dict[str, Any]] = []
        self.participaciones_texto = ""
        self.nomina: dict[str, Any] = {"corte_texto": "", "folios": []}
        self.salas: dict[str, str] = {}
        self.jornada = jornada.JornadaFalsa()
        self.contactos = {papel.AVISO: papel.contacto()}
        self.movimientos: list[dict[str, Any]] = []
        self.derechos = deepcopy(datos.DERECHOS)
        self.recibido: list[tuple[str, dict[str, Any]]] = []
        self.rechazos: list[Rechazo] = []

    def cambiar(self, folio: str, **cambios: Any) -> None:
        """Lo que hace otra persona mientras tanto."""
        self.postulaciones[folio].update(cambios, version=self.postulaciones[folio]["version"] + 1)

    def ultimo(self) -> dict[str, Any]:
        return self.recibido[-1][1]

    def api(self, metodo: str, camino: str, cuerpo: dict[str, Any], quien: Persona) -> dict[str, Any]:
        if metodo == "POST":
            self.recibido.append((camino, cuerpo))
            if self.rechazos:
                raise self.rechazos.pop(0)
        match [metodo, *camino.split("/")]:
            case [_, cosa, *_] if cosa in NO_DEL_OPERADOR and quien["rol"] == "operador":
                raise Rechazo(404, "sin_permiso", "No puedes hacer esto")
            case ["GET", "postulaciones"]:
                return {"convocatorias": self.convocatorias, "conteo": {}, "postulaciones": self._renglones(quien)}
            case ["GET", "postulaciones", folio]:
                return self._expediente(self._una(folio), quien)
            case ["POST", "postulaciones", folio, "evaluacion"]:
                return self._evaluar(self._una(folio), cuerpo, quien)
            case ["POST", "postulaciones", folio, "abstencion"]:
                return self._abstenerse(self._una(folio), cuerpo, quien)
            case ["GET", "documentos", folio, documento]:
                return {"enlace": f"/deposito/{folio}/{documento}?firma=abc", "nombre": f"{documento}.pdf"}
            case ["GET", "recursos"]:
                recurridas = [p for p in self.postulaciones.values() if p["estado"] == "recurrida"]
                return {"recursos": [vistas.recurso(p, quien["sub"]) for p in recurridas]}
            case ["POST", "recursos", folio]:
                return self._resolver(self._una(folio), cuerpo, quien)
            case ["GET", "derechos"]:
                return {"derechos": self.derechos}
            case ["POST", "derechos", folio]:
                return self._responder_derecho(folio, cuerpo)
            case ["GET", "vitrinas"]:
                return {"vitrinas": [fichas.renglon(f) for f in self.fichas.values()]}
            case ["GET", "vitrinas", folio]:
                return self.fichas[folio]
            case ["POST", "vitrinas", folio]:
                return fichas.decidir(self.fichas[folio], cuerpo)
            case ["GET", "vitrinas", folio, "fotos", huella]:
                return {"enlace": f"/deposito/vitrinas/{folio}/{huella}?firma=abc", "nombre": "foto.png"}
            case ["POST", "seleccion"]:
                return self._seleccionar(cuerpo)
            case ["GET", "actas"]:
                return {"actas": [a for a in self.actas if a["acta"].startswith(cuerpo["convocatoria"])]}
            case ["GET", "actas", _, "hoja"]:
                return jornada.HOJA | self.actas[0]
            case ["GET", "actas", acta]:
                return {"enlace": f"/deposito/{acta}?firma=abc", "nombre": f"acta-{acta}.json"}
            case ["POST", "asistencia"]:
                return self._asistir(self._una(cuerpo["folio"]), cuerpo)
            case ["GET", "jornada"]:
                return self.jornada.ver(cuerpo["convocatoria"])
            case ["POST", "jornada", que]:
                return self.jornada.hacer(que, cuerpo)
            case ["POST", "exportar"]:
                return jornada.exportar(cuerpo)
            case [metodo_, "invitaciones"]:
                return self.jornada.invitar(cuerpo | ({"accion": "ver"} if metodo_ == "GET" else {}))
            case ["GET", "enlace_virtual"]:
                return {"convocatoria": cuerpo["convocatoria"], "enlace": self.salas.get(cuerpo["convocatoria"], "")}
            case ["POST", "enlace_virtual"]:
                return self._guardar_sala(cuerpo)
            case ["GET", "rendiciones"]:
                return self._rendiciones(cuerpo["convocatoria"])
            case ["GET", "registros"]:
                return self._registros()
            case ["POST", "participaciones" | "rendiciones" as cual]:
                return self._cargar(cual, cuerpo)
            case ["GET" | "POST", "ingresos" | "contactos" | "mis_datos", *_]:
                return self._oficina(metodo, camino.split("/"), cuerpo, quien)
            case ["POST", "medicion"]:
                return {"anio": cuerpo["anio"], "filas": datos.MEDICION}
        raise Rechazo(404, "no_existe", "No existe")

    def _responder_derecho(self, folio: str, cuerpo: dict[str, Any]) -> dict[str, Any]:
        uno = next(d for d in self.derechos if (d["folio"], d["numero"]) == (folio, cuerpo["numero"]))
        if cuerpo["version"] != uno["version"]:
            raise Rechazo(409, "cambio_entre_medio", "Alguien la cambió antes")
        uno |= {"resuelto": {"acoger": "acogido", "rechazar": "rechazado"}[cuerpo["decision"]], "decisiones": []}
        uno["version"] += 1
        return uno

    def _guardar_sala(self, cuerpo: dict[str, Any]) -> dict[str, Any]:
        if cuerpo["enlace"] and not cuerpo["enlace"].startswith("https://"):
            texto = "Pega la dirección completa: empieza con «https://» y no lleva espacios."
            raise Rechazo(422, "respuestas_por_corregir", "Revisa lo que escribiste", campos={"enlace": texto})
        self.salas[cuerpo["convocatoria"]] = cuerpo["enlace"]
        return cuerpo

    def _renglones(self, quien: Persona) -> list[dict[str, Any]]:
        return [vistas.renglon(p, self._llamado(p), quien["sub"]) for p in self.postulaciones.values()]

    def _expediente(self, postulacion: dict[str, Any], quien: Persona) -> dict[str, Any]:
        return vistas.expediente(postulacion, self._llamado(postulacion), quien["sub"])

    def _llamado(self, postulacion: dict[str, Any]) -> dict[str, Any]:
        return next(c for c in self.convocatorias if c["id"] == postulacion["convocatoria"])

    def _una(self, folio: str) -> dict[str, Any]:
        if folio not in self.postulaciones:
            raise Rechazo(404, "no_existe", "No encontramos esa postulación")
        return self.postulaciones[folio]

    def _exigir_version(self, postulacion: dict[str, Any], cuerpo: dict[str, Any]) -> None:
        if cuerpo["version"] != postulacion["version"]:
            raise Rechazo(409, "cambio_entre_medio", "Alguien la cambió mientras la mirabas")

    def _evaluar(self, postulacion: dict[str, Any], cuerpo: dict[str, Any], quien: Persona) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        if any(a["evaluador"] == quien["sub"] for a in postulacion["abstenciones"]):
            raise Rechazo(409, "te_abstuviste", "Te abstuviste")
        if cuerpo["decision"] == "evaluada" and vistas.vio_el_nombre(
            postulacion, self._llamado(postulacion), quien["sub"]
        ):
            raise Rechazo(409, "viste_el_nombre", "Ya sabes de quién es")
        if (postulacion["estado"], cuerpo["decision"]) == ("evaluada", "admisible"):
            postulacion.update(evaluaciones=[], notas={}, puntaje=None)
        pedidas = cuerpo.get("correcciones", [])
        assert {c["que"] for c in pedidas} <= CORREGIBLES
        self.cambiar(
            postulacion["folio"],
            estado=cuerpo["decision"],
            motivo=cuerpo["motivo"],
            revisados={**postulacion["revisados"], **cuerpo.get("hallazgos", {})},
            correcciones=pedidas,
        )
        if cuerpo["decision"] == "evaluada":
            self._calificar(postulacion, cuerpo, quien)
        return self._expediente(postulacion, quien)

    def _calificar(self, postulacion: dict[str, Any], cuerpo: dict[str, Any], quien: Persona) -> None:
        """Sigue admisible mientras falten notas; el puntaje es el promedio de las que hay."""
        nueva = {"evaluador": quien["sub"], "notas": cuerpo["notas"], "justificaciones": cuerpo["justificaciones"]}
        otras = [e for e in postulacion["evaluaciones"] if e["evaluador"] != quien["sub"]]
        vistas.calificar(postulacion, [*otras, nueva], self._llamado(postulacion))

    def _abstenerse(self, postulacion: dict[str, Any], cuerpo: dict[str, Any], quien: Persona) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        quedan = [e for e in postulacion["evaluaciones"] if e["evaluador"] != quien["sub"]]
        nueva = {"evaluador": quien["sub"], "motivo": cuerpo["motivo"]}
        self.cambiar(postulacion["folio"], abstenciones=[*postulacion["abstenciones"], nueva])
        if postulacion["estado"] in EN_PAUTA:
            vistas.calificar(postulacion, quedan, self._llamado(postulacion))
        return self._expediente(postulacion, quien)

    def _resolver(self, postulacion: dict[str, Any], cuerpo: dict[str, Any], quien: Persona) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        if codigo := vistas.por_que_no_resuelve(postulacion, quien["sub"])[0]:
            raise Rechazo(409, codigo, "Este recurso lo resuelve otra persona")
        estado = {"acoger": "recibida", "rechazar": "recurso_rechazado"}[cuerpo["decision"]]
        self.cambiar(postulacion["folio"], estado=estado, motivo=cuerpo["motivo"])
        return vistas.como_quedo(postulacion)

    def _seleccionar(self, cuerpo: dict[str, Any]) -> dict[str, Any]:
        if cuerpo["accion"] == "simular":
            return datos.seleccion(ejecutada=False) | {"acta": None}
        acta = vistas.acta(cuerpo["convocatoria"], len(self.actas) + 1)
        self.actas.append(acta)
        return datos.seleccion(ejecutada=True) | {"acta": {"id": acta["acta"], "sha256": acta["sha256"]}}

    def _asistir(self, postulacion: dict[str, Any], cuerpo: dict[str, Any]) -> dict[str, Any]:
        self._exigir_version(postulacion, cuerpo)
        if cuerpo["asistio"] == "si" and postulacion["folio"] in self.nomina["folios"]:
            raise Rechazo(409, "rendicion_pendiente", "Tiene una rendición pendiente")
        self.cambiar(postulacion["folio"], estado="participo" if cuerpo["asistio"] == "si" else "no_asistio")
        return vistas.como_quedo(postulacion)

    def _rendiciones(self, convocatoria: str) -> dict[str, Any]:
        deben = [self.postulaciones[folio] for folio in self.nomina["folios"]]
        campos = ("folio", "folio_texto", "nombre", "estado", "estado_texto")
        pendientes = [{c: p[c] for c in campos} for p in deben if p["convocatoria"] == convocatoria]
        return {"corte_texto": self.nomina["corte_texto"], "pendientes": pendientes}

    def _cargar(self, cual: str, cuerpo: dict[str, Any]) -> dict[str, Any]:
        filas = [fila for fila in cuerpo["csv"].splitlines()[1:] if fila.strip()]
        malas = [n for n, fila in enumerate(filas, start=2) if "-" not in fila]
        if malas:
            errores = [{"fila": n, "columna": "rut", "mensaje": "Revisa el RUT."} for n in malas]
            raise Rechazo(422, "nomina_por_corregir", "Hay filas por corregir", errores=errores, campos={"csv": "Mal."})
        if cual == "rendiciones":
            self.nomina["corte_texto"] = f"corte {cuerpo['corte']}"
        else:
            self.participaciones_texto = "lunes 23 de noviembre"
        empresas = len({fila.split(",")[0] for fila in filas})
        return {"filas": len(filas), "empresas": empresas} | self._registros()

    def _oficina(self, metodo: str, camino: list[str], cuerpo: dict[str, Any], quien: Persona) -> dict[str, Any]:
        """Lo que llega en papel, los contactos y «Mis Datos»."""
        match [metodo, *camino]:
            case ["GET", "ingresos"]:
                return papel.PREPARADO
            case ["POST", "ingresos", "consulta"]:
                return papel.consultado(cuerpo)
            case ["POST", "ingresos"]:
                return papel.comprobante(cuerpo)
            case ["GET", "contactos"]:
                return {"contactos": list(self.contactos.values())}
            case ["GET", "contactos", _, "carta"]:
                return papel.carta()
            case ["POST", "contactos", aviso]:
                self._exigir_version(self.contactos[aviso], cuerpo)
                self.contactos[aviso] = papel.intentado(self.contactos[aviso], cuerpo, quien["sub"])
                return self.contactos[aviso]
            case ["POST", "mis_datos", "exporta"]:
                self.movimientos.insert(0, papel.movimiento("exportó", 1))
                archivo = {"nombre": "mis-datos.csv", "csv": "rut,nombre\r\n77300010-7,Panes\r\n", "filas": 1}
                return archivo | papel.mis_datos(self.movimientos)
            case ["POST", "mis_datos"]:
                filas = len(cuerpo["csv"].splitlines()) - 1
                self.movimientos.insert(0, papel.movimiento("importó", filas))
                return {"filas": filas, "empresas": filas} | papel.mis_datos(self.movimientos)
        return papel.mis_datos(self.movimientos)

    def _registros(self) -> dict[str, Any]:
        return {
            "participaciones_texto": self.participaciones_texto,
            "rendiciones_corte_texto": self.nomina["corte_texto"],
            "tipos_actividad": {"1": ["feria", "evento"], "2": ["rueda_de_negocios"]},
            "objetivos": ["vender_al_publico", "conocer_compradores"],
            "quien_cargo": [{"que_texto": "Cargó participaciones anteriores", "detalle": "2 filas", **jornada.FIRMA}],
        }
