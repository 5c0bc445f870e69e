// Asks a canary for verdicts through Argo Rollouts' own code, with the template of docs/rollouts: argo URL DIRECTORY
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/argoproj/argo-rollouts/metricproviders/prometheus"
	"github.com/argoproj/argo-rollouts/metricproviders/webmetric"
	argo "github.com/argoproj/argo-rollouts/pkg/apis/rollouts/v1alpha1"
	log "github.com/sirupsen/logrus"
	"sigs.k8s.io/yaml"
)

const inCluster = "http://amends-canary.amends:4390"

var (
	canary   = os.Args[1]
	snippets = os.Args[2]
	failed   = false
)

// An app of each sort, and what Argo has to make of its verdict and of its evidence.
var apps = []struct {
	name          string
	web, evidence argo.AnalysisPhase
}{
	{"good", argo.AnalysisPhaseSuccessful, argo.AnalysisPhaseSuccessful},
	{"bad", argo.AnalysisPhaseFailed, argo.AnalysisPhaseFailed},
	{"early", argo.AnalysisPhaseInconclusive, argo.AnalysisPhaseSuccessful},
}

func main() {
	var template argo.AnalysisTemplate
	read("argo-analysis-template.yaml", &template)
	for _, app := range apps {
		say("argo web "+app.name, argoWeb(*template.Spec.Metrics[0].DeepCopy(), app.name), app.web)
		say("argo prometheus "+app.name, argoPrometheus(app.name), app.evidence)
	}
	if failed {
		os.Exit(1)
	}
}

func say(what string, found, wanted any) {
	if found == wanted {
		fmt.Printf("check: %s: %v ... ok\n", what, found)
	} else {
		fmt.Printf("check: %s: %v, not %v ... FAILED\n", what, found, wanted)
		failed = true
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func read(name string, into any) {
	text, err := os.ReadFile(filepath.Join(snippets, name))
	must(err)
	must(yaml.UnmarshalStrict(text, into))
}

func argoWeb(metric argo.Metric, app string) argo.AnalysisPhase {
	url := strings.Replace(metric.Provider.Web.URL, inCluster, canary, 1)
	for name, value := range map[string]string{"app": app, "release": "4.2.0", "control": "4.1.0"} {
		url = strings.ReplaceAll(url, "{{args."+name+"}}", value)
	}
	metric.Provider.Web.URL = url
	client, err := webmetric.NewWebMetricHttpClient(metric)
	must(err)
	parser, err := webmetric.NewWebMetricJsonParser(metric)
	must(err)
	provider := webmetric.NewWebMetricProvider(*log.NewEntry(log.New()), client, parser)
	measurement := provider.Run(&argo.AnalysisRun{}, metric)
	if measurement.Message != "" {
		fmt.Fprintln(os.Stderr, measurement.Message)
	}
	return measurement.Phase
}

func argoPrometheus(app string) argo.AnalysisPhase {
	query := fmt.Sprintf(`amends_e_value{app="%s",release="4.2.0",control="4.1.0"}`, app)
	metric := argo.Metric{
		SuccessCondition: "result[0] < 100",
		Provider:         argo.MetricProvider{Prometheus: &argo.PrometheusMetric{Address: canary, Query: query}},
	}
	api, err := prometheus.NewPrometheusAPI(metric)
	must(err)
	provider, err := prometheus.NewPrometheusProvider(api, *log.NewEntry(log.New()), metric)
	must(err)
	measurement := provider.Run(&argo.AnalysisRun{}, metric)
	if measurement.Message != "" {
		fmt.Fprintln(os.Stderr, measurement.Message)
	}
	return measurement.Phase
}
