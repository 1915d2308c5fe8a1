# Las órdenes del proyecto. «make» sin nada más las muestra. Cada una prepara antes lo que necesita.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := ayuda
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
CHROMIUM ?= /usr/bin/chromium
# El entorno con que corren validar, portal y servir; «make probar» usa el suyo, que los contiene.
ENTORNO ?= servir
# Opciones que se suman a pytest, por ejemplo: make probar PRUEBAS="tests/dominio -x"
PRUEBAS ?=
export PYTHON CHROMIUM

AQUI := .entorno/$(ENTORNO)/bin
PROBAR := .entorno/probar/bin

.PHONY: ayuda servir probar probar-largo validar portal revisar medir replicar auditar requisitos limpiar

ayuda: ## muestra esta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

servir: ## construye el portal y lo sirve con las funciones en esta máquina
	@infra/preparar.sh $(ENTORNO)
	@$(AQUI)/python -m servidor

probar: ## prepara todo, revisa el código, valida los datos y corre las pruebas
	@infra/preparar.sh probar ministack npm navegador
	@$(MAKE) revisar
	@$(MAKE) validar ENTORNO=probar
	@$(PROBAR)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(PRUEBAS)

probar-largo: ## las pruebas que tardan: todos los cortes, veinte semillas, todas las carreras
	@infra/preparar.sh probar ministack npm navegador
	@$(PROBAR)/python -m pytest -n 2 -m largo $(PRUEBAS)

validar: ## comprueba los datos que editan las personas
	@infra/preparar.sh $(ENTORNO)
	@$(AQUI)/python -m generador validar --sacar-historia

portal: ## construye el portal en .salida/
	@infra/preparar.sh $(ENTORNO)
	@$(AQUI)/python -m generador portal --sacar-historia

revisar: ## revisa estilo, formato, tipos, dependencias entre paquetes y plantilla
	@infra/preparar.sh probar
	@$(PROBAR)/ruff check .
	@$(PROBAR)/ruff format --check .
	@$(PROBAR)/mypy
	@$(PROBAR)/lint-imports --no-logo
	@if [ -f template.yaml ]; then $(PROBAR)/cfn-lint template.yaml; fi

medir: ## mide tiempos, pesos y memoria, y muestra las cifras
	@infra/preparar.sh probar navegador
	@$(PROBAR)/python -m tests.rendimiento.medir

replicar: ## repite una selección desde su acta, ACTA=ruta, y dice si da igual
	@infra/preparar.sh $(ENTORNO)
	@$(AQUI)/python -m funciones.replicar $(if $(ACTA),"$(ACTA)")

auditar: ## compara el libro de decisiones con lo guardado en esta máquina
	@infra/preparar.sh $(ENTORNO)
	@$(AQUI)/python -m funciones.auditar

requisitos: ## recalcula las versiones exactas (ACTUALIZAR=--upgrade busca las más nuevas)
	@infra/preparar.sh uv
	@infra/calcular_requisitos.sh $(ACTUALIZAR)

# La llama «sam build», una vez por función.
build-%:
	@infra/empaquetar.sh "$(ARTIFACTS_DIR)"

limpiar: ## borra lo que se puede volver a construir; nunca .local/, que guarda datos
	rm -rf .entorno .obra .salida .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find funciones site infra tests -name __pycache__ -type d -prune -exec rm -rf {} +
