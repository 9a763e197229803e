CREATE TABLE "agreement_renewals" (
	"agreement_id" uuid NOT NULL,
	"ended_on" date NOT NULL,
	"number" integer NOT NULL,
	"renewed_until" date NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "agreement_renewals_agreement_id_ended_on_pk" PRIMARY KEY("agreement_id","ended_on"),
	CONSTRAINT "agreement_renewals_order" CHECK ("agreement_renewals"."number" > 0 and "agreement_renewals"."renewed_until" > "agreement_renewals"."ended_on")
);
--> statement-breakpoint
ALTER TABLE "agreement_renewals" ADD CONSTRAINT "agreement_renewals_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;